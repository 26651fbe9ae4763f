import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { milk, openOffice, refusalOf, tea } from '#test/office.ts'
import { casesOf, count, mustAddUp } from '#test/receiving-yard.ts'

test('of a transfer is owed what was sent; what was packed short is told apart, and holds nothing up', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer([
    { productId: tea, quantity: 10 },
    { productId: milk, quantity: 4 },
  ])
  await office.walk(id, 'OPEN', 'PACKING')
  await sql`update consignment_line set packed = 7 where consignment_id = ${id} and product_id = ${tea}`.execute(
    office.db,
  )
  await sql`update consignment_line set packed = 5 where consignment_id = ${id} and product_id = ${milk}`.execute(
    office.db,
  )
  await office.walk(id, 'PACKAGED', 'SENT')
  const owed = async () => (await office.show(id)).lines.map(({ shortPacked, open }) => [shortPacked, open])
  assert.deepEqual(await owed(), [
    ['3', '7'],
    ['0', '5'],
  ])
  const lane = async () => {
    const { data } = await (await office.api.api.v1['in-transit'].$get({ query: {} })).json()
    return data.map(({ quantity, value }) => [quantity, value?.amount])
  }
  assert.deepEqual(await lane(), [['12', '30.20']])
  await count(office, id, { [tea]: { good: 7 }, [milk]: { good: 3 } })
  await office.walk(id, 'PARTIAL')
  assert.deepEqual(await lane(), [['2', '0.60']], 'a part of it has arrived')
  const refused = await refusalOf(await office.move(id, 'CLOSED'))
  assert.equal(Object(refused.details).hindrance, 'lines_undecided')
  const { lines } = await office.show(id)
  const door = office.consignments[':id'].decisions
  const decide = (lineId: string, decision: 'back_order' | 'cancel') =>
    door.$put({ param: { id }, json: { decisions: [{ lineId, decision }] } })
  assert.equal((await decide(lines[1]?.id ?? '', 'cancel')).status, 200)
  assert.equal((await office.move(id, 'CLOSED', { dryRun: true })).status, 200, 'nobody owes what was never sent')
  assert.equal((await decide(lines[0]?.id ?? '', 'back_order')).status, 200, 'though it may be ordered on')
  await office.walk(id, 'CLOSED')
  const closed = await office.show(id)
  const next = await office.show(closed.children[0]?.id ?? '')
  assert.deepEqual(
    next.lines.map(({ productId, quantity }) => [productId, quantity]),
    [[tea, '3']],
  )
  assert.deepEqual(
    (await casesOf(office, id)).map(({ productId, kind, quantity }) => [productId, kind, quantity]),
    [[milk, 'lost', '-2']],
  )
  await mustAddUp(office.db)
})
