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
  const { consignments } = bridge.api.api.v1
  const buyer = await hireBuyer(bridge)
  const products = bridge.products.slice(0, 12)
  const before = stockThere(bridge, products)
  const worker = await bridge.hire()

  const wish = { type: 'PURCHASE_ORDER' as const, outletId: bridge.here, supplierId: bridge.supplier }
  const lines = products.map((productId) => ({ productId, quantity: '10', unitCost: '4.95' }))
  const drafted = await (await consignments.$post({ json: { ...wish, lines } }, { headers: buyer })).json()
  const param = { id: drafted.id }
  const door = consignments[':id']
  assert.equal(drafted.totals.cost?.amount, '594.00')
  assert.equal((await door.approval.$post({ param, json: { decision: 'submit' } }, { headers: buyer })).status, 200)
  assert.equal((await door.approval.$post({ param, json: { decision: 'approve' } }, { headers: buyer })).status, 403)
  assert.equal((await door.approval.$post({ param, json: { decision: 'approve' } })).status, 200)
  await bridge.move(drafted.id, 'SENT')
  await bridge.until(drafted.id, 'synced', 60_000)

  for (const arrival of arrivals) await receive(bridge, drafted.id, products, arrival)
  const waiting = await (await door.$get({ param })).json()
  assert.deepEqual(
    waiting.lines.map(({ open }) => Number(open)),
    [0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0],
  )
  await door.decisions.$put({ param, json: { decisions: [], others: 'back_order' } }, { headers: buyer })
  await bridge.move(drafted.id, 'CLOSED')
  await bridge.until(drafted.id, 'synced', 60_000)

  const closed = await (await door.$get({ param })).json()
  await mustHaveChild(bridge, closed.children[0]?.id ?? '', { number: closed.number, product: products[8] ?? '' })
  const received = closed.lines.map((line) => Number(line.received))
  assert.deepEqual(received, [10, 10, 10, 10, 10, 10, 10, 10, 7, 10, 10, 10])
  const intoStock = closed.lines.map(({ received: came, damaged }) => Number(came) - Number(damaged))
  const after = stockThere(bridge, products)
  assert.deepEqual(
    after.map((level, at) => level - (before[at] ?? 0)),
    intoStock,
  )
  await bridge.sync('inventory', 'consignments')
  assert.deepEqual(await stockMirrored(bridge, products), after)
  const [remote, ...others] = await bridge.remotes()
  assert.deepEqual([remote?.status, others.length], ['RECEIVED', 0])
  assert.deepEqual(await bridge.conflicts(), [])

  await mustBeTold(bridge, closed.id)
  await worker.stop()
})

/** The rest is ordered on in one document that needs no approval of its own. */
async function mustHaveChild({ api }: Bridge, id: string, of: { number: string; product: string }) {
  const rest = await (await api.api.v1.consignments[':id'].$get({ param: { id } })).json()
  assert.deepEqual([rest.status, rest.approval, rest.parent?.number], ['DRAFT', 'approved', of.number])
  const lines = rest.lines.map(({ productId, quantity }) => [productId, quantity])
  assert.deepEqual(lines, [[of.product, '3']])
}

/** Cases and audit say the same. */
async function mustBeTold(bridge: Bridge, id: string) {
  const { consignments, cases, audit } = bridge.api.api.v1
  const param = { id }
  const settled = await (await cases.$get({ query: { consignment: id } })).json()
  assert.deepEqual(settled.data.map((one) => `${one.kind} ${one.quantity} ${one.outcome ?? one.state}`).toSorted(), [
    'damaged_in_transit -2 open',
    'short -3 reship',
  ])
  await mustAddUp(bridge.db)
  const story = await (await consignments[':id'].timeline.$get({ param, query: { limit: '500' } })).json()
  const told = new Set(story.data.map(({ action }) => action))
  for (const action of ['created', 'submitted', 'approved', 'back_ordered', 'cases_changed', 'lines_decided', 'synced'])
    assert.ok(told.has(`consignment.${action}`), action)
  const verified = await (await audit.verification.$get({ query: {} })).json()
  assert.equal(verified.isTrue, true)
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
