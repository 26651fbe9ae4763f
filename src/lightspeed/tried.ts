import type { Tried } from './attempt.ts'
import type { Ban } from './budget.rules.ts'
import { LightspeedError } from './errors.rules.ts'
import type { Outgoing } from './exchange.ts'
import type { Next } from './retry.rules.ts'

/** An answer without records would look like the end of a list, so it is none. */
export function checked(tried: Tried, outgoing: Outgoing, accepts: (body: unknown) => boolean): Tried {
  if ('error' in tried || accepts(tried.answer.body)) return tried
  const { status } = tried.answer
  const error = new LightspeedError('not_json', { ...outgoing, status, because: 'there are no records in it' })
  return { heard: tried.heard, ms: tried.ms, error }
}

/** What is told of a failure to whoever decides how to go on. */
export function failureOf({ error, comeBack }: Extract<Tried, { error: LightspeedError }>) {
  return { kind: error.kind, status: error.status, comeBackMs: comeBack?.waitMs }
}

/** How long nobody is to ask, where the answer said so; undefined where it did not. */
export function banOf(tried: Tried, next: Next): Ban | undefined {
  if (!('error' in tried) || !tried.comeBack) return undefined
  const { isExact, waitMs } = tried.comeBack
  return { isExact, waitMs: next.act === 'retry' ? next.waitMs : waitMs }
}
