import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { refusalOf } from '#test/office.ts'
import { clock, openStocktaking } from '#test/stocktaking.ts'
import { until } from '#test/workers.ts'
import { makeDueLists } from './listing-daily.actions.ts'

test('at one in the night each outlet gets its list of twenty, once, whoever makes it and however often', async () => {
  await using shop = await openStocktaking()
  const outlets = await shop.api.api.v1['daily-counts'].$get({ query: {} })
  const { data: before } = await outlets.json()
  assert.ok(before.length > 1)
  assert.ok(before.every(({ on, products, goalPercent }) => on && products === 20 && goalPercent === 95))
  const off = before[1]?.outletId ?? ''
  const change = await shop.api.api.v1['daily-counts'][':outletId'].$patch({
    param: { outletId: off },
    json: { on: false },
  })
  assert.equal(change.status, 200)
  const night = nightOf(shop)
  assert.equal(await night.at('00:55'), 0)
  const made = await Promise.all([night.at('01:00'), night.at('01:00')])
  assert.equal((made[0] ?? 0) + (made[1] ?? 0), before.length - 1)
  assert.equal(await night.at('01:15'), 0)
  assert.equal(await night.at('11:45'), 0)
  const lists = await night.lists()
  assert.deepEqual(
    lists.map(({ status, lines }) => [status, lines]),
    Array.from({ length: before.length - 1 }, () => ['OPEN', 20]),
  )
  assert.ok(lists.every(({ outlet }) => outlet !== off))
})

test('what somebody flagged is counted first; a list that nobody began gives way to the next', async () => {
  await using shop = await openStocktaking()
  const { api, here } = shop
  const flag = shop.products.at(-1) ?? ''
  const flags = api.api.v1['count-flags']
  const tried = await flags.$post({ json: { productId: flag, outletId: here, dryRun: true } })
  assert.equal((await tried.json()).dryRun, true)
  assert.deepEqual((await (await flags.$get({ query: {} })).json()).data, [])
  await flags.$post({ json: { productId: flag, outletId: here, reason: 'The shelf looks empty' } })
  const night = nightOf(shop)
  await night.at('01:00')
  const [first] = await night.listsOf(here)
  const scope = await (await shop.one.scope.$get({ param: { id: first?.id ?? '' } })).json()
  assert.deepEqual([scope.picks[0], scope.lines], [{ productId: flag, why: 'flagged' }, 20])
  await night.at('01:00', 1)
  const [gone, second] = await night.listsOf(here)
  assert.deepEqual([gone?.status, second?.status], ['CANCELLED', 'OPEN'])
  const id = second?.id ?? ''
  await shop.counted(id, [{ productId: flag, quantity: '1' }])
  await shop.move(id, 'RECEIVED')
  assert.deepEqual((await (await flags.$get({ query: {} })).json()).data, [])
  await night.at('01:00', 2)
  const third = (await night.listsOf(here))[2]
  const picks = (await (await shop.one.scope.$get({ param: { id: third?.id ?? '' } })).json()).picks
  assert.ok(picks.length === 20 && picks.every(({ productId }) => productId !== flag))
})

test('who may not manage counts switches no lists, and flags only where he counts', async () => {
  await using shop = await openStocktaking()
  const { api, here } = shop
  const anna = await shop.hireHand('anna', 'consignments:receive', 'consignments:read')
  const param = { outletId: here }
  const daily = api.api.v1['daily-counts'][':outletId']
  for (const answer of [
    await daily.$patch({ param, json: { on: false } }, { headers: anna }),
    await daily.lists.$post({ param, json: {} }, { headers: anna }),
  ])
    assert.equal((await refusalOf(answer)).code, 'scope_missing')
  const flags = api.api.v1['count-flags']
  const productId = shop.products[0] ?? ''
  assert.equal((await flags.$post({ json: { productId, outletId: here } }, { headers: anna })).status, 200)
  const unknown = await refusalOf(await flags.$post({ json: { productId: 'nothing', outletId: here } }))
  assert.deepEqual([unknown.status, unknown.code], [404, 'product_unknown'])
  assert.equal(
    (await refusalOf(await daily.lists.$post({ param: { outletId: 'moon' }, json: {} }))).code,
    'outlet_unknown',
  )
})

test('a list made by hand today is today’s list; how right it was counted stands beside the goal', async () => {
  await using shop = await openStocktaking()
  const { api, here } = shop
  const daily = api.api.v1['daily-counts'][':outletId']
  const param = { outletId: here }
  await daily.$patch({ param, json: { products: 4, goalPercent: 80 } })
  const tried = await (await daily.lists.$post({ param, json: { dryRun: true } })).json()
  const made = await (await daily.lists.$post({ param, json: {} })).json()
  assert.deepEqual([tried.picks, tried.isNew, made.isNew], [made.picks, true, true])
  const again = await (await daily.lists.$post({ param, json: {} })).json()
  assert.deepEqual([again.id, again.isNew], [made.id, false])
  const levels = shop.levels()
  await shop.counted(
    made.id,
    made.picks.map(({ productId }, at) => ({
      productId,
      quantity: String(Math.max(levels.get(productId) ?? 0, 0) + (at === 0 ? 1 : 0) || 1),
      at: clock(),
    })),
  )
  await shop.move(made.id, 'RECEIVED')
  await shop.postAll(made.id)
  const [outlet] = (await (await api.api.v1['daily-counts'].$get({ query: { outletId: here } })).json()).data
  assert.deepEqual([outlet?.lists, outlet?.counted, outlet?.last?.number], [1, 4, made.number])
  assert.ok(outlet && outlet.accuracyPercent !== null && outlet.accuracyPercent <= 75)
  assert.equal(outlet.isGoalMet, false)
})

test('the schedule makes the lists by itself', async () => {
  await using shop = await openStocktaking()
  await sql`update mirror.outlet set time_zone = ${zoneWhereItIs(6)}`.execute(shop.db)
  const worker = await shop.hire()
  const run = await shop.api.api.v1.schedules[':name'].runs.$post({ param: { name: 'stocktakes.daily-lists' } })
  assert.equal(run.status, 202)
  await until(async () => (await nightOf(shop).lists()).length > 1)
  await worker.stop()
})

type Shop = Awaited<ReturnType<typeof openStocktaking>>

function nightOf({ house, db }: Shop) {
  const context: Context = {
    database: house.database,
    actor: { id: 'system', name: 'system', scopes: ['*'] },
    correlationId: 'night',
    log: house.log,
    wakeRunner: () => {},
  }
  const lists = async () => {
    const { rows } = await sql<{ id: string; outlet: string; status: string; lines: number }>`
      select c.id, c.outlet_id as outlet, c.status,
        (select count(*)::int from consignment_line as l where l.consignment_id = c.id) as lines
      from stocktake as s join consignment as c on c.id = s.consignment_id where s.daily_on is not null
      order by s.daily_on, c.outlet_id`.execute(db)
    return rows
  }
  return {
    lists,
    listsOf: async (outletId: string) => (await lists()).filter(({ outlet }) => outlet === outletId),
    /** So late it is in the shop, on a day of summer and so many days later. */
    at: (time: string, days = 0) => {
      const now = new Date(Date.parse(`2027-01-10T${time}:00+13:00`) + days * 24 * 3_600_000)
      return makeDueLists(context, { now, signal: new AbortController().signal })
    },
  }
}

/** A time zone where it is this hour now. */
function zoneWhereItIs(hour: number): string {
  const ahead = ((hour - new Date().getUTCHours() + 36) % 24) - 12
  return ahead >= 0 ? `Etc/GMT-${ahead}` : `Etc/GMT+${-ahead}`
}
