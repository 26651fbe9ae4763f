import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { refusalOf } from '#test/office.ts'
import { openWaitingOffice } from '#test/waiting-office.ts'

test('a courier who says that he has picked it up sends it at once, by our number or by his', async () => {
  await using office = await openWaitingOffice()
  const [ours, his] = [await office.packed(), await office.packed()]
  const { number } = await office.show(ours)
  await office.track(his, 'NZP-77')
  await office.courier('shipment.picked_up', { reference: number })
  await office.courier('tracking', { status: 'Picked up', parcels: [{ tracking_number: 'NZP-77' }] })
  assert.deepEqual([(await office.show(ours)).status, (await office.show(his)).status], ['SENT', 'SENT'])
  const [entry] = (await office.timeline(ours)).data
  assert.deepEqual([entry?.action, entry?.reason], ['consignment.transitioned', 'Picked up by the courier'])
  const tracking = await office.consignments[':id'].tracking.$get({ param: { id: his } })
  const { pickedUp } = await tracking.json()
  assert.deepEqual(
    pickedUp.map(({ carrier, reference }) => [carrier, reference]),
    [['nzpost', 'NZP-77']],
  )
})

test('an order that the supplier’s courier has picked up is in transit, and can no longer be cancelled', async () => {
  await using office = await openWaitingOffice()
  const { id, number } = await office.order()
  await sql`update consignment set status = 'OPEN', approval = 'approved' where id = ${id}`.execute(office.db)
  await office.walk(id, 'SENT')
  await office.courier('collected', { consignment_reference: number })
  assert.equal((await office.timeline(id)).data[0]?.action, 'consignment.shipped')
  const refused = await refusalOf(await office.move(id, 'CANCELLED', { reason: 'Too late' }))
  assert.equal(Object(refused.details).hindrance, 'goods_under_way')
})

test('a number that nobody knows is kept, and counts as soon as somebody says whose it is', async () => {
  await using office = await openWaitingOffice()
  const id = await office.packed()
  await office.courier('picked_up', { tracking_reference: 'NZP-88' })
  const [event] = (await (await office.api.api.v1['webhook-events'].$get({ query: {} })).json()).data
  assert.equal(event?.outcome, 'picked up, but nobody knows NZP-88')
  assert.equal((await office.show(id)).status, 'PACKAGED')
  await office.track(id, 'NZP-88')
  await office.work('consignments.pick-up')
  assert.equal((await office.show(id)).status, 'SENT')
})

test('a courier who comes while it is still being packed takes nothing away; it is sent as soon as it is packed', async () => {
  await using office = await openWaitingOffice()
  const { id, number } = await office.transfer()
  await office.walk(id, 'OPEN', 'PACKING')
  await office.courier('picked_up', { order_number: number })
  await office.courier('pickup_requested', { order_number: number })
  assert.equal((await office.show(id)).status, 'PACKING')
  await office.walk(id, 'PACKAGED')
  await office.run('consignments.send-packaged')
  assert.equal((await office.show(id)).status, 'SENT')
})

test('a pick-up that is only booked, or failed, sends nothing', async () => {
  await using office = await openWaitingOffice()
  const id = await office.packed()
  const { number } = await office.show(id)
  for (const type of ['pickup_scheduled', 'pickup_failed', 'label_printed']) await office.courier(type, { number })
  assert.equal((await office.show(id)).status, 'PACKAGED')
})
