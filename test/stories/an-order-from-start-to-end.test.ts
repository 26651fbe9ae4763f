import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { hashOf } from '#src/people/sign-in.actions.ts'
import { openBridge, type Bridge } from '#test/bridging.ts'
import { mustAddUp } from '#test/receiving-yard.ts'

/** Of twelve products ten each are ordered. The ninth comes seven times in two parts, two of the last are broken. */
const arrivals = [
  [...Array.from({ length: 8 }, (_, at) => ({ at, quantity: 10, condition: 'good' as const })), part(8, 4)],
  [
    part(8, 3),
    part(9, 10),
    part(10, 10),
    part(11, 8),
    { at: 11, quantity: 2, condition: 'damaged_in_transit' as const },
  ],
]

test('twelve products are ordered, approved, sent, received in two deliveries and closed short: all that is known of it agrees', async () => {
  await using bridge = await openBridge({ scale: 'shop' })
  const products = bridge.products.slice(0, 12)
  const before = stockThere(bridge, products)
  const worker = await bridge.hire()
  const { id, buyer } = await orderAndSend(bridge, products)
  for (const arrival of arrivals) await receive(bridge, id, products, arrival)
  const door = bridge.api.api.v1.consignments[':id']
  const waiting = await (await door.$get({ param: { id } })).json()
  assert.deepEqual(
    waiting.lines.map(({ open }) => Number(open)),
    [0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0],
  )
  const json = { decisions: [], others: 'back_order' as const }
  assert.equal((await door.decisions.$put({ param: { id }, json }, { headers: buyer })).status, 200)
  await bridge.move(id, 'CLOSED')
  await bridge.until(id, 'synced', 60_000)
  await worker.stop()

  const closed = await (await door.$get({ param: { id } })).json()
  assert.deepEqual(
    closed.lines.map((line) => Number(line.received)),
    [10, 10, 10, 10, 10, 10, 10, 10, 7, 10, 10, 10],
  )
  await mustGoOn(bridge, closed, products[8])
  const after = stockThere(bridge, products)
  assert.deepEqual(
    after.map((level, at) => level - (before[at] ?? 0)),
    closed.lines.map(({ received, damaged }) => Number(received) - Number(damaged)),
  )
  await bridge.sync('inventory', 'consignments')
  assert.deepEqual(await stockMirrored(bridge, products), after)
  const remotes = await bridge.remotes()
  assert.deepEqual(
    remotes.map(({ status }) => status),
    ['RECEIVED'],
  )
  assert.deepEqual(await bridge.conflicts(), [])
  await mustBeTold(bridge, id)
})

/** A buyer drafts and submits; whom it concerns approves, and it goes to the supplier. */
async function orderAndSend(bridge: Bridge, products: readonly string[]) {
  const { consignments } = bridge.api.api.v1
  const buyer = await hireBuyer(bridge)
  const lines = products.map((productId) => ({ productId, quantity: '10', unitCost: '4.95' }))
  const wish = { type: 'PURCHASE_ORDER' as const, outletId: bridge.here, supplierId: bridge.supplier, lines }
  const { id, totals } = await (await consignments.$post({ json: wish }, { headers: buyer })).json()
  assert.equal(totals.cost?.amount, '594.00')
  const decide = async (decision: 'submit' | 'approve', headers = {}) =>
    (await consignments[':id'].approval.$post({ param: { id }, json: { decision } }, { headers })).status
  assert.equal(await decide('submit', buyer), 200)
  assert.equal(await decide('approve', buyer), 403)
  assert.equal(await decide('approve'), 200)
  await bridge.move(id, 'SENT')
  await bridge.until(id, 'synced', 60_000)
  return { id, buyer }
}

type Closed = { number: string; children: { id: string }[] }

/** What is owed goes on in one order, which needs no approval of its own. */
async function mustGoOn({ api }: Bridge, { number, children }: Closed, owed: string | undefined) {
  assert.equal(children.length, 1)
  const param = { id: children[0]?.id ?? '' }
  const rest = await (await api.api.v1.consignments[':id'].$get({ param })).json()
  assert.deepEqual([rest.status, rest.approval, rest.parent?.number], ['DRAFT', 'approved', number])
  assert.deepEqual(
    rest.lines.map(({ productId, quantity }) => [productId, quantity]),
    [[owed, '3']],
  )
}

/** The cases come to what differs, and the audit tells it all, unbroken. */
async function mustBeTold({ api, db }: Bridge, id: string) {
  const { consignments, cases, audit } = api.api.v1
  const { data } = await (await cases.$get({ query: { consignment: id } })).json()
  assert.deepEqual(data.map((one) => `${one.kind} ${one.quantity} ${one.outcome ?? one.state}`).toSorted(), [
    'damaged_in_transit -2 open',
    'short -3 reship',
  ])
  const sums = await mustAddUp(db)
  assert.deepEqual(
    sums.map((one) => [one.cases, one.differences]),
    [['-5', '-5']],
  )
  const story = await (await consignments[':id'].timeline.$get({ param: { id }, query: { limit: '500' } })).json()
  const told = new Set(story.data.map(({ action }) => action))
  const acts = ['created', 'submitted', 'approved', 'lines_decided', 'back_ordered', 'cases_changed', 'synced']
  for (const act of acts) assert.ok(told.has(`consignment.${act}`), act)
  assert.equal((await (await audit.verification.$get({ query: {} })).json()).isTrue, true)
}

type Arrival = (typeof arrivals)[number]

function part(at: number, quantity: number) {
  return { at, quantity, condition: 'good' as const }
}

async function receive({ api }: Bridge, id: string, products: readonly string[], arrival: Arrival) {
  const { deliveries } = api.api.v1.consignments[':id']
  const deliveryId = randomUUID()
  assert.equal((await deliveries.$post({ param: { id }, json: { id: deliveryId } })).status, 201)
  const scans = arrival.map(({ at, ...rest }) => ({ id: randomUUID(), productId: products[at] ?? '', ...rest }))
  const param = { id, deliveryId }
  assert.equal((await deliveries[':deliveryId'].scans.$post({ param, json: { scans } })).status, 200)
  const ended = await deliveries[':deliveryId'].completion.$post({ param, json: { outcome: 'more_to_come' } })
  assert.equal(ended.status, 200)
}

async function hireBuyer({ db }: Bridge) {
  const scopes = ['consignments:read', 'consignments:edit', 'consignments:approve', 'consignments:close', 'costs:read']
  await db
    .insertInto('api_token')
    .values({ name: 'buyer', token_hash: hashOf('buyer'), scopes })
    .execute()
  return { authorization: 'Bearer buyer' }
}

/** What Lightspeed has of these products where they arrive. */
function stockThere({ sim, here }: Bridge, products: readonly string[]): number[] {
  const rows = sim.store.list('inventory', { after: 0, limit: 10_000_000, deleted: false })
  return products.map((id) => {
    const row = rows.find((one) => one['product_id'] === id && one['outlet_id'] === here)
    return Number(row?.['inventory_level'] ?? 0)
  })
}

async function stockMirrored({ db, here }: Bridge, products: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ level: string }>`
    select coalesce(i.inventory_level, 0)::text as level from unnest(${products}::text[]) with ordinality as p (id, at)
    left join mirror.inventory i on i.product_id = p.id and i.outlet_id = ${here} order by p.at`.execute(db)
  return rows.map(({ level }) => Number(level))
}
