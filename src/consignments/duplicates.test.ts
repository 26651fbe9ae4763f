import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { cups, harbour, hub, milk, openOffice, supplier, tea, type Office } from '#test/office.ts'

test('who orders nearly the same again within a week is told, and hindered in nothing', async () => {
  await using office = await openOffice()
  const first = await order(office, [tea, milk])
  assert.deepEqual([first.status, first.similar], [201, []])
  const second = await order(office, [milk, tea])
  assert.equal(second.status, 201)
  assert.deepEqual(second.similar, [{ id: first.id, number: first.number, status: 'DRAFT', likeness: 1 }])
})

test('other products, another outlet, a cancelled order or an old one are no repetition', async () => {
  await using office = await openOffice()
  const first = await order(office, [tea, milk])
  assert.deepEqual((await order(office, [tea, cups])).similar, [])
  assert.deepEqual((await order(office, [tea, milk, cups])).similar, [])
  assert.deepEqual((await order(office, [tea, milk], harbour)).similar, [])
  await office.walk(first.id, 'CANCELLED')
  const again = await order(office, [tea, milk])
  assert.deepEqual(again.similar, [])
  await sql`alter table consignment disable trigger user`.execute(office.db)
  await sql`update consignment set created_at = now() - interval '8 days' where id = ${again.id}`.execute(office.db)
  assert.deepEqual((await order(office, [tea, milk])).similar, [])
})

async function order(office: Office, products: string[], outletId = hub) {
  const lines = products.map((productId) => ({ productId, quantity: 1 }))
  const json = { type: 'PURCHASE_ORDER' as const, outletId, supplierId: supplier, lines }
  const answer = await office.consignments.$post({ json })
  const { id, number, similar } = await answer.json()
  return { id, number, similar, status: answer.status }
}
