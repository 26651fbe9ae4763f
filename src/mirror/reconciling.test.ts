import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openShop } from '#test/shop.ts'
import { mirrorOf, truthOf } from '#test/truth.ts'
import { until } from '#test/workers.ts'
import { startWorker } from '../jobs/worker.ts'

test('a mirror that is true is found true, entity by entity, and not one row of it is written', async () => {
  await using shop = await openComparedShop()
  const before = await writesOf(shop)
  const { state, totals, entities } = await shop.reconcile()
  assert.deepEqual(
    [
      state,
      totals.differences,
      entities.filter((one) => one.state !== 'done').map(({ entity, error }) => [entity, error]),
    ],
    ['done', 0, []],
  )
  for (const one of entities.filter(({ entity }) => !['consignment-products', 'register-closures'].includes(entity)))
    assert.equal(one.mirrorRows, one.lightspeedRows, one.entity)
  assert.equal(await writesOf(shop), before)
})

test('levels changed by hand are found, told on both sides, put right, and remembered', async () => {
  await using shop = await openComparedShop()
  const truth = await levels(shop)
  await sql`update mirror.inventory set inventory_level = inventory_level + 7 where id in (select id from mirror.inventory order by id limit 3)`.execute(
    shop.db,
  )
  const { id, totals } = await shop.reconcile('inventory')
  assert.deepEqual([totals.differences, totals.explained, totals.repaired], [3, 3, 3])
  const { data } = await shop.differences(id)
  assert.deepEqual(
    [...new Set(data.map((one) => `${one.kind} ${one.explanation} ${one.fields.join()}`))],
    ['altered manual_edit inventory_level'],
  )
  const sides = JSON.stringify(data[0]?.levels)
  assert.match(sides, /"inventory_level": ?\[/)
  assert.deepEqual(await levels(shop), truth)
  const causes = await shop.db.selectFrom('mirror.product_qty_history').select('cause').execute()
  assert.equal(causes.filter(({ cause }) => cause === 'reconcile').length, 3)
})

test('rows lost, versions too high, barcodes and tombstones: each is explained or raised, and the mirror is true again', async () => {
  await using shop = await openComparedShop()
  const ids = (
    await sql<{ id: string }>`select id from mirror.product where deleted_at is null order by id limit 5`.execute(
      shop.db,
    )
  ).rows.map(({ id }) => id)
  const [lost, tooHigh, coded, revived] = ids
  await sql`delete from mirror.product where id = ${lost}`.execute(shop.db)
  await sql`update mirror.product set version = version + 1000000, synced_at = now() - interval '1 hour' where id = ${tooHigh}`.execute(
    shop.db,
  )
  await sql`update mirror.product_code set code = 'scribbled' where product_id = ${coded}`.execute(shop.db)
  await sql`update mirror.product set deleted_at = now() where id = ${revived}`.execute(shop.db)
  await sql`insert into mirror.product (id, name, version, raw, synced_at) values ('ghost', 'Nobody sold this', 1, '{}', now() - interval '1 hour')`.execute(
    shop.db,
  )
  const tried = await shop.reconcileWith({ entities: ['products'], dryRun: true })
  assert.deepEqual([tried.totals.differences, tried.totals.repaired], [5, 0])
  const { id, totals } = await shop.reconcile('products')
  const { data } = await shop.differences(id)
  assert.deepEqual(Object.fromEntries(data.map((one) => [one.recordId, `${one.kind} ${one.explanation}`])), {
    [lost ?? '']: 'missing unexplained',
    [tooHigh ?? '']: 'ahead older_version',
    [coded ?? '']: 'altered manual_edit',
    [revived ?? '']: 'altered tombstone_missed',
    ghost: 'gone tombstone_missed',
  })
  assert.deepEqual([totals.differences, totals.raised, totals.repaired], [5, 1, 5])
  assert.equal((await shop.reconcile('products')).totals.differences, 0)
  await sql`delete from mirror.product where id = 'ghost'`.execute(shop.db)
  assert.deepEqual(await mirrorOf(shop.db), truthOf(shop.sim))
})

test('what Lightspeed changed since the last look is told as news that is on its way, not as a fault', async () => {
  await using shop = await openComparedShop()
  const [customer] = shop.sim.store.list('customers', { after: 0, limit: 1, deleted: false })
  assert.ok(customer)
  shop.sim.store.put('customers', { ...customer, updated_at: new Date().toISOString(), note: 'just now' })
  const [brand] = shop.sim.store.list('brands', { after: 0, limit: 1, deleted: false })
  assert.ok(brand)
  shop.sim.store.put('brands', { ...brand, name: 'Renamed' })
  const { id, totals } = await shop.reconcile('customers', 'brands')
  const { data } = await shop.differences(id)
  assert.deepEqual(data.map((one) => `${one.entity} ${one.kind} ${one.explanation}`).toSorted(), [
    'brands behind webhook_late',
    'customers behind in_flight',
  ])
  assert.deepEqual([totals.raised, totals.repaired], [0, 2])
  assert.deepEqual(await mirrorOf(shop.db), truthOf(shop.sim))
})

test('when Lightspeed suddenly shows only half of its customers, none is buried, and somebody is told', async () => {
  await using shop = await openComparedShop()
  await sql`insert into mirror.customer (id, version, raw, synced_at)
    select 'extra-' || n, 1, '{}', now() - interval '1 hour' from generate_series(1, 200) n`.execute(shop.db)
  const { totals } = await shop.reconcile('customers')
  assert.deepEqual([totals.differences, totals.raised, totals.repaired], [200, 200, 0])
})

test('lines of a transfer that were changed by hand are put right, too', async () => {
  await using shop = await openComparedShop()
  await sql`update mirror.consignment_product set count = 999 where (consignment_id, product_id, occurrence) in
    (select consignment_id, product_id, occurrence from mirror.consignment_product order by 1, 2, 3 limit 1)`.execute(
    shop.db,
  )
  await sql`delete from mirror.tag where id = (select min(id) from mirror.tag)`.execute(shop.db)
  const { entities } = await shop.reconcile('consignment-products', 'tags')
  assert.deepEqual(
    entities.map((one) => [one.entity, one.differences, one.repaired]),
    [
      ['tags', 1, 1],
      ['consignment-products', 1, 1],
    ],
  )
  const { rows } = await sql`select from mirror.consignment_product where count = 999`.execute(shop.db)
  assert.equal(rows.length, 0)
})

test('only one comparison goes on at a time; what was never read is passed over; an unknown one is not found', async () => {
  await using shop = await openShop()
  const ask = () => shop.api.api.v1.reconciliations.$post({ json: { entities: ['brands'] } })
  const asked = await ask()
  assert.equal(asked.status, 202)
  assert.equal((await ask()).status, 409)
  const worker = await startWorker(shop.house, { slots: 1 })
  const { id } = await asked.json()
  await until(async () => (await viewOf(shop, id)).finishedAt !== null)
  await worker.stop()
  assert.deepEqual(
    (await viewOf(shop, id)).entities.map(({ entity, state }) => [entity, state]),
    [['brands', 'skipped']],
  )
  const { data } = await (await shop.api.api.v1.reconciliations.$get({ query: {} })).json()
  assert.deepEqual(
    data.map((one) => one.id),
    [id],
  )
  assert.equal((await shop.api.api.v1.reconciliations[':id'].$get({ param: { id: crypto.randomUUID() } })).status, 404)
  const noted = await shop.db.selectFrom('audit').select('action').execute()
  assert.deepEqual(noted, [{ action: 'reconciliation.requested' }])
})

test('a comparison that was broken off goes on where it stood, and counts nothing twice', async () => {
  await using shop = await openComparedShop({ scale: 'tiny:customers=3000' })
  await shop.stopWorker()
  shop.sim.trouble({ kind: 'slow', ms: 60, path: '/api/2.0/customers' })
  const { id } = await shop.ask({ entities: ['customers'] })
  const first = await startWorker(shop.house, { slots: 1, graceMs: 1 })
  await until(async () => (await viewOf(shop, id)).totals.compared > 0)
  await first.stop()
  const half = (await viewOf(shop, id)).totals.compared
  shop.sim.clearTrouble()
  const second = await startWorker(shop.house, { slots: 1 })
  await until(async () => (await viewOf(shop, id)).finishedAt !== null)
  await second.stop()
  const { totals, entities } = await viewOf(shop, id)
  const all = shop.sim.store.list('customers', { after: 0, limit: 10_000, deleted: true }).length
  assert.ok(half < all)
  assert.deepEqual(
    [totals.compared, totals.differences, entities[0]?.mirrorRows],
    [all, 0, entities[0]?.lightspeedRows],
  )
})

test('the comparison hangs at half past two in the night of the retailer, as soon as the retailer is known', async () => {
  await using empty = await openShop()
  await using shop = await openComparedShop()
  const zoneOf = async ({ api }: Pick<typeof shop, 'api'>) => {
    const { data } = await (await api.api.v1.schedules.$get()).json()
    const found = data.find(({ name }) => name === 'mirror.reconcile')
    return `${found?.cron} ${found?.timezone}`
  }
  assert.equal(await zoneOf(empty), '30 2 * * * UTC')
  assert.equal(await zoneOf(shop), '30 2 * * * Pacific/Auckland')
  await shop.api.api.v1.schedules[':name'].runs.$post({ param: { name: 'mirror.reconcile' } })
  await until(async () => {
    const { data } = await (await shop.api.api.v1.reconciliations.$get({ query: {} })).json()
    return data[0]?.requestedBy === 'schedule' && data[0].finishedAt !== null && data[0].entities.length === 21
  })
})

type Shop = Awaited<ReturnType<typeof openShop>>

async function openComparedShop({ scale = 'tiny' } = {}) {
  await using stack = new AsyncDisposableStack()
  const shop = stack.use(await openShop({ scale }))
  await shop.sync('all')
  const worker = await startWorker(shop.house, { slots: 2 })
  stack.defer(worker.stop)
  const ask = async (json: { entities?: string[]; dryRun?: boolean }) =>
    (await shop.api.api.v1.reconciliations.$post({ json })).json()
  const reconcileWith = async (json: { entities?: string[]; dryRun?: boolean }) => {
    const { id } = await ask(json)
    await until(async () => (await viewOf(shop, id)).finishedAt !== null)
    return viewOf(shop, id)
  }
  const closing = stack.move()
  return {
    ...shop,
    ask,
    reconcileWith,
    reconcile: (...entities: string[]) => reconcileWith(entities.length > 0 ? { entities } : {}),
    stopWorker: () => worker.stop(),
    differences: async (id: string) =>
      (await shop.api.api.v1.reconciliations[':id'].differences.$get({ param: { id }, query: {} })).json(),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

async function viewOf({ api }: Pick<Shop, 'api'>, id: string) {
  const answer = await api.api.v1.reconciliations[':id'].$get({ param: { id } })
  assert.ok(answer.ok)
  return answer.json()
}

async function levels({ db }: Pick<Shop, 'db'>) {
  return db.selectFrom('mirror.inventory').select(['id', 'inventory_level', 'version']).orderBy('id').execute()
}

/** Which transactions wrote the rows that are there: another sum says that one was written. */
async function writesOf({ db }: Pick<Shop, 'db'>): Promise<string> {
  const { rows } = await sql<{ sum: string }>`select concat_ws(' ',
    (select sum(xmin::text::bigint) from mirror.product), (select sum(xmin::text::bigint) from mirror.inventory),
    (select sum(xmin::text::bigint) from mirror.sale), (select sum(xmin::text::bigint) from mirror.consignment_product)) as sum`.execute(
    db,
  )
  return rows[0]?.sum ?? ''
}
