import assert from 'node:assert/strict'
import { openShop } from '#test/shop.ts'
import { mirrorOf, truthOf } from '#test/truth.ts'
import { until } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

const lists = ['products', 'inventory', 'customers', 'sales', 'brands'] as const

const passing = [
  { kind: 'server_error', status: 500 },
  { kind: 'server_error', status: 503, body: 'empty' },
  { kind: 'server_error', status: 502, body: 'html' },
  { kind: 'truncated' },
  { kind: 'truncated', variant: 'cut' },
  { kind: 'answer_lost' },
  { kind: 'too_many', retryAfter: 'past', seconds: 1 },
] as const

const odd = [
  { kind: 'unknown_field', field: 'mascot' },
  { kind: 'unknown_status' },
  { kind: 'numbers_as_strings' },
  { kind: 'bad_record', variant: 'wrong_type', field: 'name', value: { not: 'a name' } },
] as const

export const lightspeedStumbles: Scenario = {
  number: 23,
  fault:
    'Lightspeed answers with errors, in HTML, cut off, or not at all, and with fields that are new or of another type',
  promise: 'pages are read again, the cursor waits for them, unknown fields stay in raw and are told, nothing breaks',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    const pick = <One>(all: readonly One[]) => all[Math.floor(chance() * all.length)]
    await using shop = await openShop({ scale: length === 'short' ? 'tiny' : 'tiny:customers=6000,sales=3000' })
    for (let at = 0; at < (length === 'short' ? 5 : 20); at += 1) {
      const fault = pick(passing)
      if (fault)
        shop.sim.trouble({ ...fault, times: 1, after: Math.floor(chance() * 2), path: `/api/2.0/${pick(lists) ?? ''}` })
    }
    const strange = pick(odd) ?? odd[0]
    shop.sim.trouble({ ...strange, path: '/api/2.0/brands' })
    await shop.sync(...lists)
    shop.sim.clearTrouble()
    const away = pick(lists) ?? 'brands'
    const cursor = await cursorOf(shop, away)
    shop.sim.trouble({ kind: 'server_error', status: 500, path: `/api/2.0/${away}` })
    const failed = await shop.sync(away)
    const [part] = failed.entities
    assert.deepEqual([part?.state, ways.has(part?.errorCode ?? '')], ['failed', true], part?.errorCode ?? '')
    assert.equal(await cursorOf(shop, away), cursor)
    shop.sim.clearTrouble()
    await until(async () => {
      await rested(shop)
      return (await shop.sync(...lists)).state === 'done'
    }, 60_000)
    const about = (line: string) => lists.some((list) => line.startsWith(`${list}:`))
    const mirrored = (await mirrorOf(shop.db)).filter(about)
    assert.deepEqual(mirrored, truthOf(shop.sim).filter(about))
    if (strange.kind === 'unknown_field') {
      const drift = await shop.db.selectFrom('schema_drift').select(['entity', 'field']).execute()
      assert.deepEqual(drift, [{ entity: 'brands', field: 'mascot' }])
      const brands = await shop.db.selectFrom('mirror.brand').select('raw').execute()
      assert.ok(brands.every(({ raw }) => JSON.stringify(raw).includes('mascot')))
    }
  },
}

/** Lightspeed says that it failed, or has failed so often that it is left alone for a while. */
const ways = new Set(['lightspeed_server_error', 'lightspeed_resting'])

/** The while is over. */
async function rested({ db }: Awaited<ReturnType<typeof openShop>>) {
  await db.deleteFrom('lightspeed_breaker').execute()
}

async function cursorOf({ db }: Awaited<ReturnType<typeof openShop>>, entity: string): Promise<number> {
  const row = await db.selectFrom('sync_state').select('cursor').where('entity', '=', entity).executeTakeFirst()
  return row?.cursor ?? 0
}
