import assert from 'node:assert/strict'
import type { Answer, Shop } from './shop.ts'

/** Something that Lightspeed does, as a sentence and a way to see whether a shop does it. */
export type Law = {
  name: string
  /** It leaves something behind in the shop. */
  writes?: true
  /** Too much for a real shop, as completing a count. */
  simulatorOnly?: true
  check(shop: Shop): Promise<void>
}

/** The shop has nothing by which the law could be seen. */
export class NothingToSee extends Error {}

/** The value, or nothing to see. */
export function need<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new NothingToSee(`The shop has no ${what}`)
  return value
}

export function isStatus(answer: Answer, status: number): void {
  assert.equal(answer.status, status, `${answer.method} ${answer.path} answered ${told(answer)}`)
}

/** Lightspeed does not publish how it refuses what a rule forbids: any 4xx but a missing right or too many requests. */
export function isRefused(answer: Answer): void {
  const refused = answer.status >= 400 && answer.status < 500 && ![401, 403, 429].includes(answer.status)
  assert.ok(refused, `${answer.method} ${answer.path} should have been refused, it answered ${told(answer)}`)
}

const told = ({ status, body }: Answer): string => `${status} ${JSON.stringify(body).slice(0, 300)}`

/** Asks again until the answer is right, as long as the shop may take for what it does by itself. */
export async function eventually<Value>(
  shop: Shop,
  ask: () => Promise<Value>,
  right: (value: Value) => boolean,
): Promise<Value> {
  const deadline = Date.now() + shop.patienceMs
  for (;;) {
    const value = await ask()
    if (right(value)) return value
    assert.ok(Date.now() < deadline, `It did not come in ${shop.patienceMs} ms: ${JSON.stringify(value).slice(0, 300)}`)
    await new Promise((soon) => setTimeout(soon, shop.kind === 'real' ? 1000 : 5))
  }
}

export type Verdict = { law: string; result: 'kept' | 'broken' | 'nothing to see'; why?: string }

/** Checks one law at a shop. */
export async function judge(law: Law, shop: Shop): Promise<Verdict> {
  try {
    await law.check(shop)
    return { law: law.name, result: 'kept' }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { law: law.name, result: error instanceof NothingToSee ? 'nothing to see' : 'broken', why }
  }
}
