import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { harbour, hub, milk, openOffice, refusalOf, supplier, tea, type Office } from '#test/office.ts'

test('what is available is what is there, less what open documents take and customers have paid for', async () => {
  await using office = await openOffice()
  const lines = [{ productId: tea, quantity: '10.5' }]
  const draft = await office.transfer(lines)
  const open = await office.transfer(lines)
  await office.walk(open.id, 'OPEN')
  await office
    .make({ type: 'SUPPLIER_RETURN', outletId: hub, supplierId: supplier, lines })
    .then(({ id }) => office.walk(id, 'OPEN'))
  await sql`insert into mirror.sale (id, outlet_id, status, version, raw) values ('s', ${hub}, 'AWAITING_PICKUP', 1, '{}'),
    ('done', ${hub}, 'PICKED_UP_CLOSED', 1, '{}')`.execute(office.db)
  await sql`insert into mirror.sale_line_item (sale_id, position, product_id, quantity, version, raw) values
    ('s', 0, ${tea}, 2, 1, '{}'), ('done', 0, ${tea}, 7, 1, '{}')`.execute(office.db)
  const [stock] = await stockAt(office, hub)
  assert.deepEqual(
    [stock?.sku, stock?.onHand, stock?.committed, stock?.promised, stock?.available],
    ['TEA', '40', '21', '2', '17'],
  )
  const check = await office.consignments[':id']['stock-check'].$get({ param: { id: open.id } })
  const { data } = await check.json()
  assert.deepEqual(
    data.map(({ wanted, committed, available, short }) => [wanted, committed, available, short]),
    [['10.5', '10.5', '27.5', '0']],
  )
  assert.equal(draft.status, 'DRAFT', 'a draft takes nothing')
  const order = await office.order()
  assert.equal(
    (await refusalOf(await office.consignments[':id']['stock-check'].$get({ param: { id: order.id } }))).code,
    'source_missing',
  )
})

test('what has left is missing at its source until Lightspeed knows, and on its way until it is received', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer()
  await office.walk(id, 'OPEN', 'PACKING', 'PACKAGED', 'SENT')
  assert.deepEqual(await numbers(office), { hub: ['40', '10', '30'], harbour: '10' })
  await sql`insert into consignment_leg (consignment_id, position, token, remote_status) values (${id}, 9, 'of the test', 'SENT')`.execute(
    office.db,
  )
  await sql`update mirror.inventory set inventory_level = 30 where product_id = ${tea}`.execute(office.db)
  assert.deepEqual(await numbers(office), { hub: ['30', '0', '30'], harbour: '10' })
  await sql`update consignment_line set received = 4 where consignment_id = ${id}`.execute(office.db)
  assert.equal((await numbers(office)).harbour, '6')
})

test('what is under way stands by lane, with its value and age, and gets less as it arrives', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer([
    { productId: tea, quantity: 10 },
    { productId: milk, quantity: '0.3' },
  ])
  await office.walk(id, 'OPEN', 'PACKING', 'PACKAGED', 'SENT')
  await sql`update consignment set shipped_at = now() - interval '50 hours' where id = ${id}`.execute(office.db)
  const [lane] = await lanes(office)
  assert.deepEqual(
    [lane?.from, lane?.to],
    [
      { id: hub, name: 'Hub' },
      { id: harbour, name: 'Harbour' },
    ],
  )
  assert.deepEqual([lane?.quantity, lane?.value, lane?.oldestHours], ['10.3', { amount: '41.09', currency: 'NZD' }, 50])
  await sql`update consignment_line set received = 4 where consignment_id = ${id} and product_id = ${tea}`.execute(
    office.db,
  )
  assert.deepEqual(
    (await lanes(office)).map(({ quantity, value }) => [quantity, value?.amount]),
    [['6.3', '24.69']],
  )
  const blind = await office.hire('blind', 'consignments:read')
  assert.deepEqual(
    (await lanes(office, blind)).map(({ value }) => value),
    [null],
  )
  await office.walk(id, 'RECEIVING', 'RECEIVED')
  assert.deepEqual(
    (await lanes(office)).map(({ quantity, missing }) => [quantity, missing]),
    [['0', '6.3']],
    'somebody’s case',
  )
  await sql`update discrepancy_case set outcome = 'write_off', settled_at = now() where consignment_id = ${id}`.execute(
    office.db,
  )
  assert.deepEqual(await lanes(office), [])
})

test('an order is on order until its supplier has shipped it, and then on its way', async () => {
  await using office = await openOffice()
  const { id } = await office.order()
  await sql`update consignment set status = 'OPEN', approval = 'approved' where id = ${id}`.execute(office.db)
  await office.walk(id, 'SENT')
  const seen = async () => (await stockAt(office, hub)).map(({ onOrder, inTransit }) => [onOrder, inTransit])
  assert.deepEqual([await seen(), await lanes(office)], [[['10', '0']], []])
  await sql`update consignment set shipped_at = now() where id = ${id}`.execute(office.db)
  assert.deepEqual(await seen(), [['0', '10']])
  assert.deepEqual(
    (await lanes(office)).map(({ from, quantity }) => [from.name, quantity]),
    [['Leaf & Sons', '10']],
  )
})

async function stockAt({ api }: Office, outletId: string) {
  const answer = await api.api.v1.availability.$get({ query: { outletId, productId: tea } })
  assert.equal(answer.status, 200)
  return (await answer.json()).data
}

async function numbers(office: Office) {
  const [[here], [there]] = [await stockAt(office, hub), await stockAt(office, harbour)]
  return { hub: [here?.onHand, here?.committed, here?.available], harbour: there?.inTransit }
}

async function lanes({ api }: Office, headers = {}) {
  const answer = await api.api.v1['in-transit'].$get({ query: {} }, { headers })
  return (await answer.json()).data
}
