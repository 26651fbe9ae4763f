import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Db } from '#src/db/database.ts'
import { startWorker } from '#src/jobs/worker.ts'
import { openShop } from '#test/shop.ts'
import { mirrorOf, truthOf } from '#test/truth.ts'
import { envelope, openHookedShop, sendEnvelope, sendForm, storedEvents, webhookEnv as env } from '#test/webhooks.ts'
import { until } from '#test/workers.ts'

/** A shop with a worker, its products and stock mirrored, and no Lightspeed that sends anything by itself. */
async function openWatchedShop() {
  await using stack = new AsyncDisposableStack()
  const shop = stack.use(await openShop({ env }))
  const worker = await startWorker(shop.house, { slots: 4 })
  stack.defer(worker.stop)
  await shop.sync('products', 'inventory', 'outlets')
  const closing = stack.move()
  const settled = () => until(async () => (await storedEvents(shop)).every(({ state }) => state !== 'waiting'))
  const tell = async (event_type: string, data: object, more: object = {}) => {
    const { status, said } = await sendEnvelope(shop, envelope({ event_type, data, ...more }))
    assert.equal(status, 202, said)
    await settled()
    return storedEvents(shop).then((events) => events.at(-1))
  }
  return { ...shop, settled, tell, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

type Shop = { db: Db }

const product = async ({ db }: Shop, id: string) =>
  db.selectFrom('mirror.product').selectAll().where('id', '=', id).executeTakeFirst()
const someProduct = ({ db }: Shop) =>
  db.selectFrom('mirror.product').selectAll().where('deleted_at', 'is', null).limit(1).executeTakeFirstOrThrow()
const someLevel = ({ db }: Shop) =>
  db.selectFrom('mirror.inventory').selectAll().where('deleted_at', 'is', null).limit(1).executeTakeFirstOrThrow()
const history = async ({ db }: Shop) =>
  db
    .selectFrom('mirror.product_qty_history')
    .select(['product_id', 'level_before', 'level_after', 'cause'])
    .orderBy('id')
    .execute()

test('what happens in the shop is in the mirror soon after, because Lightspeed tells of it', async () => {
  await using shop = await openHookedShop()
  await shop.sync('products', 'sales', 'inventory', 'customers', 'registers')
  const answer = await fetch(`${shop.sim.url}/sim/trade`, { method: 'POST', body: '{"sales":3}' })
  assert.equal(answer.status, 200)
  const truth = truthOf(shop.sim).filter((line) => /^(sales|inventory|products|customers):/.test(line))
  await until(async () => {
    const mirror = (await mirrorOf(shop.db)).filter((line) => /^(sales|inventory|products|customers):/.test(line))
    return JSON.stringify(mirror) === JSON.stringify(truth)
  })
  await shop.settled()
  const kinds = new Set((await storedEvents(shop)).map(({ type, is_signed }) => `${type} ${is_signed}`))
  assert.ok(kinds.has('sale.update true') && kinds.has('inventory.update true'), [...kinds].join())
})

test('a level that a webhook tells is known before anybody looks, and its change is remembered', async () => {
  await using shop = await openWatchedShop()
  const { id, product_id, outlet_id, version, inventory_level } = await someLevel(shop)
  const payload = { id, product_id, outlet_id, count: '41.50000', version: version + 5, attributed_cost: '2.00000' }
  assert.equal((await sendForm(shop, 'inventory.update', payload)).status, 202)
  await shop.settled()
  const level = await shop.db.selectFrom('mirror.inventory').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  assert.deepEqual(
    [Number(level.inventory_level), Number(level.current_amount), level.version],
    [41.5, 41.5, version + 5],
  )
  const [change, ...others] = await history(shop)
  assert.deepEqual([others.length, change?.cause, Number(change?.level_after)], [0, 'webhook', 41.5])
  assert.equal(change?.level_before, inventory_level)
})

test('webhooks in the wrong order leave the newest, and one of them done again changes nothing', async () => {
  await using shop = await openWatchedShop()
  const { id, version } = await someProduct(shop)
  await shop.tell('product.updated', { id, version: version + 7, name: 'seven' })
  const late = await shop.tell('product.updated', { id, version: version + 5, name: 'five' })
  assert.match(late?.outcome ?? '', /nothing newer/)
  assert.deepEqual([(await product(shop, id))?.name, (await product(shop, id))?.version], ['seven', version + 7])
  const before = await product(shop, id)
  const [first] = await storedEvents(shop)
  const replayed = await shop.api.api.v1['webhook-events'][':id'].replay.$post({ param: { id: String(first?.id) } })
  assert.equal(replayed.status, 202)
  await shop.settled()
  assert.deepEqual(await product(shop, id), before)
  assert.deepEqual((await storedEvents(shop)).map(({ replays, attempts }) => [replays, attempts])[0], [1, 2])
})

test('a product told as deleted stays so though an older word comes late; a newer one brings it back', async () => {
  await using shop = await openWatchedShop()
  const { id, version } = await someProduct(shop)
  await shop.tell('product.deleted', { id, version: version + 2 })
  assert.ok((await product(shop, id))?.deleted_at)
  await shop.tell('product.updated', { id, version: version + 1, name: 'a late word' })
  assert.ok((await product(shop, id))?.deleted_at)
  await shop.tell('product.updated', { id, version: version + 3, name: 'back again' })
  const back = await product(shop, id)
  assert.deepEqual([back?.deleted_at, back?.name], [null, 'back again'])
})

test('a webhook tells a part; what it leaves out stays, and Lightspeed’s own word replaces all of it', async () => {
  await using shop = await openWatchedShop()
  const { id, sku, version } = await someProduct(shop)
  const changed = shop.sim.store.put('products', { ...shop.sim.store.get('products', id), id, name: 'the true name' })
  await shop.tell('product.updated', { id, version: changed.version, name: 'half a name' })
  const told = await product(shop, id)
  assert.deepEqual([told?.name, told?.sku, told?.version], ['half a name', sku, changed.version])
  assert.ok(changed.version > version)
  await shop.sync('products')
  assert.equal((await product(shop, id))?.name, 'the true name')
  const { rows } = await sql<{ open: number }>`select count(*) as open from sync_carried`.execute(shop.db)
  assert.equal(rows[0]?.open, 0)
})

test('each of the twelve envelopes does its part', async () => {
  await using shop = await openWatchedShop()
  const level = await someLevel(shop)
  const told: [string, object, RegExp][] = [
    ['product.created', { id: 'p-new', name: 'a new thing', sku: 'new' }, /products p-new: stored; looks at products/],
    ['product.updated', { id: 'p-new', version: 5, name: 'a newer thing' }, /stored/],
    ['product.deleted', { id: 'p-new', version: 6 }, /stored/],
    ['sale.created', { id: 's-new', version: 5, line_items: [{ id: 'l', quantity: '2' }] }, /sales s-new: stored/],
    ['sale.updated', { id: 's-new', version: 6, status: 'CLOSED' }, /stored/],
    ['customer.created', { id: 'c-new', version: 5, first_name: 'Ada' }, /customers c-new: stored/],
    ['customer.updated', { id: 'c-new', version: 6, last_name: 'Lovelace' }, /stored/],
    ['consignment.created', { id: 'k-new', version: 5, status: 'OPEN' }, /consignments k-new: stored/],
    ['consignment.updated', { id: 'k-new', version: 6, status: 'SENT' }, /stored/],
    ['consignment.sent', { consignment_id: 'k-new' }, /consignment k-new: noted as sent/],
    ['consignment.received', { id: 'k-new' }, /consignment k-new: noted as received/],
    [
      'inventory.updated',
      { product_id: level.product_id, outlet_id: level.outlet_id, inventory_level: 99, version: level.version + 1 },
      /stored; looks at inventory/,
    ],
  ]
  for (const [type, data, outcome] of told) assert.match((await shop.tell(type, data))?.outcome ?? '', outcome, type)
  const lines = await shop.db.selectFrom('mirror.sale_line_item').selectAll().where('sale_id', '=', 's-new').execute()
  assert.deepEqual(
    lines.map(({ quantity }) => Number(quantity)),
    [2],
  )
  const seen = await shop.db.selectFrom('consignment_observation').select(['consignment_id', 'what']).execute()
  assert.deepEqual(
    seen.map(({ consignment_id, what }) => [consignment_id, what]),
    [
      ['k-new', 'sent'],
      ['k-new', 'received'],
    ],
  )
  assert.deepEqual(
    (await history(shop)).map(({ level_after, cause }) => [Number(level_after), cause]),
    [[99, 'webhook']],
  )
})

test('a closure that Lightspeed tells of is in the mirror, once', async () => {
  await using shop = await openWatchedShop()
  const payload = {
    id: 'closure-1',
    register_id: 'register-1',
    register_closure_sequence_number: 12,
    register_open_time: '2026-11-20 08:00:00',
    register_close_time: '2026-11-20 17:30:00',
    payments: [{ payment_type_id: '1', total: '120.00' }],
    version: 77,
  }
  await sendForm(shop, 'register_closure.create', payload)
  await sendForm(shop, 'register_closure.create', { ...payload, version: 78 })
  await shop.settled()
  const closures = await shop.db.selectFrom('mirror.register_closure').selectAll().execute()
  assert.deepEqual(
    closures.map((one) => [
      one.register_id,
      one.register_closure_sequence_number,
      one.register_close_time?.toISOString(),
    ]),
    [['register-1', 12, '2026-11-20T17:30:00.000Z']],
  )
})

test('what nobody signed only makes us look: it changes nothing by itself', async () => {
  await using shop = await openShop({ env: { ...env, WEBHOOKS_ACCEPT_UNSIGNED: 'true' } })
  await shop.sync('inventory')
  const body = new URLSearchParams({
    payload: '{"id":"forged","product_id":"p","outlet_id":"o","count":1,"version":9}',
  })
  const answer = await shop.app.request('/webhooks/lightspeed/inventory.update', { method: 'POST', body: String(body) })
  assert.equal(answer.status, 202)
  const done = await shop.api.api.v1['webhook-events'].processing.$post({ json: {} })
  assert.match((await done.json()).done[0]?.outcome ?? '', /^looks at inventory$/)
  assert.equal(
    await shop.db.selectFrom('mirror.inventory').select('id').where('id', '=', 'forged').executeTakeFirst(),
    undefined,
  )
})

test('a webhook that cannot be stored stands aside with its reason, and the next ones are done', async () => {
  await using shop = await openWatchedShop()
  const level = await someLevel(shop)
  const bad = await shop.tell('inventory.updated', {
    id: level.id,
    inventory_level: 'plenty',
    version: level.version + 1,
  })
  assert.match(bad?.outcome ?? '', /set aside/)
  const odd = await shop.tell('product.updated', { id: 'p\u0000q', version: 1e300 })
  assert.equal(odd?.state, 'processed', odd?.error ?? '')
  const fine = await shop.tell('inventory.updated', { id: level.id, inventory_level: 3, version: level.version + 1 })
  assert.match(fine?.outcome ?? '', /stored/)
  const { data } = await (
    await shop.api.api.v1.sync[':entity'].rejected.$get({ param: { entity: 'inventory' }, query: {} })
  ).json()
  assert.deepEqual(
    data.map(({ recordId }) => recordId),
    [],
  )
})
