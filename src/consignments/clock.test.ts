import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { hub, openOffice, refusalOf, tea, type Office } from '#test/office.ts'
import { envelope, sendEnvelope, signed, webhookEnv } from '#test/webhooks.ts'

test('what has been packed for twelve hours is sent by itself; what was packed an hour ago is not', async () => {
  await using office = await openWaitingOffice()
  const [early, late] = [await office.packed(), await office.packed()]
  await office.ago(late, 13)
  await office.ago(early, 1)
  await office.run('consignments.send-packaged')
  assert.deepEqual([(await office.show(early)).status, (await office.show(late)).status], ['PACKAGED', 'SENT'])
  const [entry] = (await office.timeline(late)).data
  assert.deepEqual(
    [entry?.action, entry?.actor, entry?.reason],
    ['consignment.transitioned', 'job:consignments.send-packaged', 'Packed 12 hours ago'],
  )
})

test('the clock looks again under the lock: two workers at once and a repeat send a document once', async () => {
  await using office = await openWaitingOffice()
  const ids = [await office.packed(), await office.packed(), await office.packed()]
  for (const id of ids) await office.ago(id, 13)
  await Promise.all([office.run('consignments.send-packaged'), office.run('consignments.send-packaged')])
  await office.run('consignments.send-packaged')
  for (const id of ids) {
    const { data } = await office.timeline(id)
    assert.equal(data.filter(({ after }) => Object(after).status === 'SENT').length, 1)
    assert.equal(data.filter(({ action }) => action === 'consignment.refused').length, 0)
  }
})

test('a packed transfer without goods is not sent by the clock, holds nobody up, and is shown as stuck', async () => {
  await using office = await openWaitingOffice()
  const empty = await office.packed([{ productId: tea, quantity: 0 }])
  const full = await office.packed()
  for (const id of [empty, full]) await office.ago(id, 14)
  await office.run('consignments.send-packaged')
  assert.deepEqual([(await office.show(empty)).status, (await office.show(full)).status], ['PACKAGED', 'SENT'])
  assert.deepEqual(await office.stuck(), [[empty, ['packed_too_long']]])
})

test('what has been closed for a year is archived, and stays so', async () => {
  await using office = await openWaitingOffice()
  const [old, young] = [await office.closed(), await office.closed()]
  await office.ago(old, 366 * 24)
  await office.run('consignments.archive')
  await office.run('consignments.archive')
  assert.deepEqual([(await office.show(old)).status, (await office.show(young)).status], ['ARCHIVED', 'CLOSED'])
})

test('after a day those who are asked are reminded, and the next in charge is told why; nobody approves by waiting', async () => {
  await using office = await openWaitingOffice()
  const id = await office.waiting(25)
  await office.run('approvals.keep')
  await office.run('approvals.keep')
  const { data } = await (await office.api.api.v1.notices.$get({ query: {} })).json()
  assert.deepEqual(
    data
      .map(({ kind, consignmentId, toRoles }) => `${kind} ${consignmentId} ${toRoles.toSorted().join()}`)
      .toSorted((a, b) => a.localeCompare(b)),
    [`approval_next ${id} communications_manager,retail_operations_manager`, `approval_reminder ${id} store_manager`],
  )
  assert.match(data[0]?.why ?? '', /^PO-STK-.* has waited for an answer for 24 hours$/)
  const [row] = (await (await office.api.api.v1.approvals.$get({ query: {} })).json()).data
  assert.deepEqual([row?.colour, row?.notices.length, row?.remindedAt !== null], ['yellow', 2, true])
  assert.equal((await office.show(id)).approval, 'pending')
  await office.waited(id, 5 * 24 + 1)
  const [red] = (await (await office.api.api.v1.approvals.$get({ query: {} })).json()).data
  assert.equal(red?.colour, 'red')
})

test('an order that nobody answered for ten days is cancelled, and who submitted it is told', async () => {
  await using office = await openWaitingOffice()
  const [id, younger] = [await office.waiting(10 * 24 + 1), await office.waiting(9 * 24)]
  await Promise.all([office.run('approvals.keep'), office.run('approvals.keep')])
  const { status, approval, cancelReason } = await office.show(id)
  assert.deepEqual([status, approval, cancelReason], ['CANCELLED', 'not_asked', 'Nobody answered for 10 days'])
  assert.equal((await office.show(younger)).approval, 'pending')
  const { data } = await (await office.consignments[':id'].approvals.$get({ param: { id } })).json()
  assert.deepEqual(
    data.map(({ decision, decidedBy }) => [decision, decidedBy]),
    [['expired', 'job:approvals.keep']],
  )
  const told = await (await office.api.api.v1.notices.$get({ query: { kind: 'approval_expired' } })).json()
  assert.deepEqual(
    told.data.map(({ consignmentId, to }) => [consignmentId, to]),
    [[id, 'administrator']],
  )
})

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

test('what is late or stuck is listed with the reason, the oldest first, also from the command line', async () => {
  await using office = await openWaitingOffice()
  const late = await office.make({
    type: 'OUTLET_TRANSFER',
    outletId: 'outlet-harbour',
    sourceOutletId: hub,
    dueAt: '2026-01-01T00:00:00Z',
    lines: [{ productId: tea, quantity: 1 }],
  })
  assert.deepEqual(await office.attention({ overdue: 'true' }), [])
  await office.walk(late.id, 'OPEN')
  const partial = await office.packed()
  await office.walk(partial, 'SENT', 'RECEIVING', 'PARTIAL')
  await office.ago(partial, 4 * 24)
  const left = await office.transfer()
  await office.walk(left.id, 'OPEN', 'PACKING')
  await office.ago(left.id, 1)
  await sql`update pack_lock set beat_at = now() - interval '91 s' where consignment_id = ${left.id}`.execute(office.db)
  const failed = await office.transfer()
  await sql`update consignment set link = 'failed' where id = ${failed.id}`.execute(office.db)
  assert.deepEqual(await office.attention({ overdue: 'true' }), [[late.id, ['overdue']]])
  assert.deepEqual(await office.stuck(), [
    [partial, ['partial_too_long']],
    [left.id, ['packing_abandoned']],
    [failed.id, ['push_failed']],
  ])
  assert.deepEqual(
    (await office.attention({})).map(([id]) => id),
    [late.id, partial, left.id, failed.id],
  )
  const first = await (await office.consignments.attention.$get({ query: { limit: '3' } })).json()
  const rest = await (
    await office.consignments.attention.$get({ query: { limit: '3', after: first.next ?? '' } })
  ).json()
  assert.deepEqual([first.data.length, rest.data.map(({ id }) => id), rest.next], [3, [failed.id], null])
  const printed = (await office.consign('consignment attention')).stdout
  assert.match(printed, /its day has passed/)
  assert.match((await office.consign('consignment attention --stuck')).stdout, /being packed, and nobody packs/)
  assert.equal((await refusalOf(await office.consignments.attention.$get({ query: { after: 'x' } }))).status, 422)
})

async function openWaitingOffice() {
  const office = await openOffice({ env: webhookEnv })
  const work = (kind: string) => workNow(office, kind)
  const packed = (lines?: Parameters<Office['transfer']>[0]) => packedIn(office, lines)
  const attention = async (query: { overdue?: 'true'; stuck?: 'true' }) => {
    const { data } = await (await office.consignments.attention.$get({ query })).json()
    return data.map(({ id, because }) => [id, because.map(({ code }) => code)])
  }
  return {
    ...office,
    packed,
    work,
    attention,
    stuck: () => attention({ stuck: 'true' }),
    closed: async () => {
      const id = await packed()
      await office.walk(id, 'SENT', 'RECEIVING', 'RECEIVED', 'CLOSED')
      return id
    },
    /** As if it had been in its status since so many hours. */
    ago: (id: string, hours: number) =>
      sql`update consignment set status_since = now() - make_interval(hours => ${hours}) where id = ${id}`.execute(
        office.db,
      ),
    waited: (id: string, hours: number) => waited(office, id, hours),
    /** An order that was submitted so many hours ago. */
    waiting: async (hours: number) => {
      const { id } = await office.order()
      await office.consignments[':id'].approval.$post({ param: { id }, json: { decision: 'submit' } })
      await waited(office, id, hours)
      return id
    },
    /** What the clock does, now. */
    run: async (name: 'consignments.send-packaged' | 'consignments.archive' | 'approvals.keep') => {
      await office.post(`/api/v1/schedules/${name}/runs`, {})
      await work(name)
    },
    track: (id: string, reference: string) =>
      office.consignments[':id'].tracking.$post({ param: { id }, json: { reference, carrier: 'nzpost' } }),
    courier: (type: string, data: object) => courierSays(office, type, data),
  }
}

async function workNow(office: Office, kind: string) {
  const answer = await office.post('/api/v1/jobs/processing', { kind, batch: 50 })
  assert.deepEqual([answer.status, Object(await answer.json()).failed], [200, 0])
}

async function packedIn(office: Office, lines?: Parameters<Office['transfer']>[0]) {
  const { id } = await office.transfer(lines)
  await office.walk(id, 'OPEN', 'PACKING', 'PACKAGED')
  return id
}

async function courierSays(office: Office, type: string, data: object) {
  const letter = envelope({ event_type: type, data })
  const answer = await sendEnvelope(
    office,
    letter,
    signed(letter, 'the-secret-of-the-post'),
    '/webhooks/courier/nzpost',
  )
  assert.equal(answer.status, 202)
  await workNow(office, 'webhooks.process')
  await workNow(office, 'consignments.pick-up')
}

async function waited({ db }: Office, id: string, hours: number) {
  await sql`update approval_request set asked_at = now() - make_interval(hours => ${hours})
    where consignment_id = ${id}`.execute(db)
}
