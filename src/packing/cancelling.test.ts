import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hub, openOffice, refusalOf, supplier, tea, type Office } from '#test/office.ts'
import { count, orderBeingReceived } from '#test/receiving-yard.ts'

const lines = [{ productId: tea, quantity: 10 }]

test('what is in boxes, has left or has arrived is not cancelled any more, by nobody: nothing changes, and it says what may be', async () => {
  await using office = await openOffice()
  const moving = [
    await office.transfer(lines),
    await office.make({ type: 'SUPPLIER_RETURN', outletId: hub, supplierId: supplier, lines }),
  ]
  for (const { id } of moving) {
    await office.walk(id, 'OPEN')
    for (const status of ['PACKING', 'PACKAGED', 'SENT'] as const) {
      await office.walk(id, status)
      await mustStay(office, id)
    }
  }
  await office.walk(moving[0]?.id ?? '', 'RECEIVING')
  await mustStay(office, moving[0]?.id ?? '')
  const order = await orderBeingReceived(office, { [tea]: 10 })
  await mustStay(office, order)
  await count(office, order, { [tea]: { good: 4 } })
  await office.walk(order, 'PARTIAL')
  await mustStay(office, order)
})

test('back at the shelf it can be: opened again, unpacked and cancelled, with the reason, and it is kept', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer(lines)
  await office.walk(id, 'OPEN', 'PACKING', 'PACKAGED', 'PACKING', 'OPEN')
  const door = office.consignments[':id'].cancellation
  assert.equal((await door.$post({ param: { id }, json: { reason: 'Nobody wants it' } })).status, 200)
  const kept = await office.show(id)
  assert.deepEqual([kept.status, kept.cancelReason, kept.lines.length], ['CANCELLED', 'Nobody wants it', 1])
})

async function mustStay(office: Office, id: string) {
  const before = await office.show(id)
  const door = office.consignments[':id'].cancellation
  const refused = await refusalOf(await door.$post({ param: { id }, json: { reason: 'Too late' } }))
  assert.deepEqual([refused.status, refused.code], [422, 'transition_not_lawful'], before.status)
  const { status, allowed } = Object(refused.details)
  assert.equal(status, before.status)
  assert.ok(Array.isArray(allowed) && !allowed.includes('CANCELLED'))
  assert.deepEqual(await office.show(id), before)
}
