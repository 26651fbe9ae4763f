import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approvedOrder, openBuyingOffice } from '#test/buying-office.ts'
import { cups, refusalOf } from '#test/office.ts'

test('an approved order that is amended over its tier asks again; within it nobody is asked', async () => {
  await using office = await openBuyingOffice()
  const { id, line } = await approvedOrder(office)
  const amend = async (quantity: number) => {
    const param = { id, lineId: line?.id ?? '' }
    return (
      await office.consignments[':id'].lines[':lineId'].$patch({ param, json: { quantity, reason: 'More' } })
    ).json()
  }
  assert.deepEqual([(await amend(400)).status, (await amend(404)).approval], ['OPEN', 'approved'])
  const over = await amend(405)
  assert.deepEqual([over.status, over.approval, over.stage], ['DRAFT', 'pending', 'PENDING_APPROVAL'])
  const { data } = await (
    await office.api.api.v1.approvals.$get({ query: { role: 'retail_operations_manager' } })
  ).json()
  assert.deepEqual([data.length, data[0]?.total?.amount], [1, '2004.75'])
})

test('what was approved is amended with a reason, by line, header or one line more; its revision keeps who, what and why', async () => {
  await using office = await openBuyingOffice()
  const { id, line } = await approvedOrder(office)
  const one = office.consignments[':id']
  const edits = (reason: { reason?: string }) => [
    () => one.lines[':lineId'].$patch({ param: { id, lineId: line?.id ?? '' }, json: { quantity: 9, ...reason } }),
    () => one.lines.$post({ param: { id }, json: { lines: [{ productId: cups, quantity: 1 }], ...reason } }),
    () => one.$patch({ param: { id }, json: { note: 'By Friday', ...reason } }),
  ]
  for (const edit of edits({})) {
    const { status, code } = await refusalOf(await edit())
    assert.deepEqual([status, code], [422, 'reason_missing'])
  }
  const before = await office.show(id)
  for (const edit of edits({ reason: 'The shelf is smaller' })) assert.ok((await edit()).ok)
  assert.equal(before.lines.length, 1)
  const { data } = await (await one.revisions.$get({ param: { id } })).json()
  assert.deepEqual(
    data.map(({ actor, reason, changes }) => [actor, reason, changes]),
    [
      ['administrator', 'The shelf is smaller', ['note none → By Friday']],
      ['administrator', 'The shelf is smaller', ['1 × CUPS added']],
      ['administrator', 'The shelf is smaller', ['10 × TEA → 9 ×']],
    ],
  )
})

test('an edit is tried without being done: a line, a line more, a line less, the header', async () => {
  await using office = await openBuyingOffice()
  const { id, lines, version } = await office.order()
  const one = office.consignments[':id']
  const param = { id, lineId: lines[0]?.id ?? '' }
  const tried = [
    await one.$patch({ param: { id }, json: { note: 'By Friday', dryRun: true } }),
    await one.lines.$post({ param: { id }, json: { lines: [{ productId: cups, quantity: 1 }], dryRun: true } }),
    await one.lines[':lineId'].$patch({ param, json: { quantity: 3, dryRun: true } }),
    await one.lines[':lineId'].$delete({ param, query: { dryRun: 'true' } }),
  ]
  const told = await Promise.all(tried.map(async (answer) => (await answer.json()).totals))
  assert.deepEqual(
    told.map((totals) => [totals.lines, totals.quantity]),
    [
      [1, '10'],
      [2, '11'],
      [1, '3'],
      [0, '0'],
    ],
  )
  assert.ok(tried.every(({ headers }) => headers.get('etag') === null))
  const still = await office.show(id)
  assert.deepEqual([still.version, still.note, still.totals.quantity], [version, null, '10'])
})

test('a sent order is amended over its tier only by who may approve that', async () => {
  await using office = await openBuyingOffice()
  const { id, line } = await approvedOrder(office)
  await office.walk(id, 'SENT')
  const param = { id, lineId: line?.id ?? '' }
  const amend = (headers = {}) =>
    office.consignments[':id'].lines[':lineId'].$patch({ param, json: { quantity: 500, reason: 'More' } }, { headers })
  assert.equal((await refusalOf(await amend(office.manager))).code, 'approval_role_missing')
  assert.equal((await office.show(id)).totals.quantity, '10')
  assert.equal((await amend(office.director)).status, 200)
})
