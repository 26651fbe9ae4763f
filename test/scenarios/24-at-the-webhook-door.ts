import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { openShop } from '#test/shop.ts'
import { envelope, envelopeSecret, signed, webhookEnv } from '#test/webhooks.ts'
import { shuffled } from './told-shop.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

const before = 'the-secret-before-the-present-one'
const longestP99Ms = 500

export const atTheWebhookDoor: Scenario = {
  number: 24,
  fault:
    'a storm of webhooks, some forged, some tampered with, some signed with the secret before, one of them a hundred times',
  promise: 'what is true is kept once, what is not is not kept at all, and the server answers its health throughout',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    const honest = length === 'short' ? 1_000 : 10_000
    const env = { ...webhookEnv, LS_WEBHOOK_SECRET_PREVIOUS: before, RATE_LIMIT_BAD_SIGNATURES: '1000000' }
    await using shop = await openShop({ env, serve: true })
    const letters = Array.from({ length: honest }, (_, at) =>
      letterOf(`true ${at}`, chance() < 0.3 ? before : envelopeSecret),
    )
    const [often = letterOf('often', envelopeSecret)] = letters
    const forged = Array.from({ length: honest / 10 }, (_, at) => forgedLetter(`forged ${at}`, chance()))
    const all = shuffled([...letters, ...forged, ...Array.from({ length: 99 }, () => often)], chance)
    const times: number[] = []
    const statuses = new Map<string, number>()
    const lane = async () => {
      for (let letter = all.pop(); letter; letter = all.pop()) {
        const began = performance.now()
        const headers = letter.signature === null ? {} : { 'x-lightspeed-signature': letter.signature }
        const { status } = await fetch(`${shop.url}/webhooks/lightspeed`, {
          method: 'POST',
          body: letter.body,
          headers,
        })
        times.push(performance.now() - began)
        const what = `${letter.isTrue ? 'true' : 'forged'} ${status}`
        statuses.set(what, (statuses.get(what) ?? 0) + 1)
      }
    }
    const health: number[] = []
    const watch = async () => {
      while (all.length > 0) health.push((await fetch(`${shop.url}/health/live`)).status)
    }
    await Promise.all([...Array.from({ length: 64 }, lane), watch()])
    assert.deepEqual(Object.fromEntries(statuses), { 'true 202': honest + 99, 'forged 401': forged.length })
    assert.ok(health.length > 0 && health.every((status) => status === 200))
    const { rows } = await sql<{ kept: number; ids: number; forged: number; jobs: number }>`
      select count(*) as kept, count(distinct sender_event_id) as ids, count(*) filter (where sender_event_id like 'forged%') as forged,
        (select count(*) from pgboss.job where name = 'webhooks.process') as jobs from webhook_event`.execute(shop.db)
    assert.deepEqual(rows[0], { kept: honest, ids: honest, forged: 0, jobs: honest })
    const p99 = times.toSorted((left, right) => left - right)[Math.floor(times.length * 0.99)] ?? 0
    if (length === 'long') assert.ok(p99 < longestP99Ms, `p99 ${Math.round(p99)} ms`)
  },
}

type Letter = { body: string; signature: string | null; isTrue: boolean }

function letterOf(id: string, secret: string): Letter {
  const body = envelope({ event_id: id })
  return { body, signature: signed(body, secret), isTrue: true }
}

/** Unsigned, signed with a guess, cut off, or changed after it was signed. */
function forgedLetter(id: string, luck: number): Letter {
  const body = envelope({ event_id: id })
  if (luck < 0.25) return { body, signature: null, isTrue: false }
  if (luck < 0.5) return { body, signature: signed(body, 'a guess'), isTrue: false }
  if (luck < 0.75) return { body, signature: signed(body).slice(0, -8), isTrue: false }
  return { body: body.replace('product.updated', 'product.deleted'), signature: signed(body), isTrue: false }
}
