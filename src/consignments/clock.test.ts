import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { hub, refusalOf, tea } from '#test/office.ts'
import { openWaitingOffice } from '#test/waiting-office.ts'

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
