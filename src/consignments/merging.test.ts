import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approvedOrder, openBuyingOffice } from '#test/buying-office.ts'
import { cups, milk, refusalOf, tea } from '#test/office.ts'

test('who orders nearly the same again merges it: lines add up in the first order, the second is cancelled and says where it went', async () => {
  await using office = await openBuyingOffice()
  const first = await office.order([
    { productId: tea, quantity: '0.1' },
    { productId: milk, quantity: 3 },
  ])
  const second = await office.order([
    { productId: tea, quantity: '0.2' },
    { productId: cups, quantity: 2, unitCost: '1.11' },
  ])
  const merge = office.consignments[':id'].merging.$post
  const param = { id: second.number }
  const tried = await (await merge({ param, json: { into: first.id, dryRun: true } })).json()
  assert.deepEqual([tried.dryRun, tried.totals.lines, (await office.show(second.id)).status], [true, 3, 'DRAFT'])
  const merged = await (await merge({ param, json: { into: first.number } })).json()
  assert.equal(merged.id, first.id)
  assert.deepEqual(
    merged.lines.map(({ productId, quantity, unitCost }) => [productId, quantity, unitCost?.amount]),
    [
      [tea, '0.3', '4.95'],
      [milk, '3', '0.33333'],
      [cups, '2', '1.11'],
    ],
  )
  const gone = await office.show(second.id)
  assert.deepEqual([gone.status, gone.cancelReason], ['CANCELLED', `Merged into ${first.number}`])
  const again = await refusalOf(await merge({ param, json: { into: first.id } }))
  assert.equal(again.code, 'edit_not_lawful')
})

test('merged over what was approved, the order asks again; its revision says what came from where', async () => {
  await using office = await openBuyingOffice()
  const { id } = await approvedOrder(office)
  const more = await office.order([{ productId: tea, quantity: 1000 }])
  const buyer = await office.hire('buyer', 'consignments:read', 'consignments:edit')
  const merge = office.consignments[':id'].merging.$post
  const merged = await (await merge({ param: { id: more.id }, json: { into: id } }, { headers: buyer })).json()
  assert.deepEqual([merged.status, merged.approval, merged.totals.quantity], ['DRAFT', 'pending', '1010'])
  const { data } = await (await office.consignments[':id'].revisions.$get({ param: { id } })).json()
  assert.deepEqual([data[0]?.changes, data[0]?.reason], [['10 × TEA → 1010 ×'], `${more.number} was merged into it`])
})

test('orders that do not fit are not merged: another outlet, another kind, itself, sent, too many', async () => {
  await using office = await openBuyingOffice()
  const [draft, other] = [await office.order([{ productId: tea, quantity: 999_999 }]), await office.order()]
  const elsewhere = await office.make({
    type: 'PURCHASE_ORDER',
    outletId: 'outlet-harbour',
    supplierId: 'supplier-leaf',
    lines: [],
  })
  const { id: sent } = await approvedOrder(office)
  await office.walk(sent, 'SENT', 'RECEIVING')
  const transfer = await office.transfer()
  const tries: readonly (readonly [string, string])[] = [
    [elsewhere.id, 'merge_not_fitting'],
    [transfer.id, 'merge_not_fitting'],
    [draft.id, 'merge_not_fitting'],
    [other.id, 'merge_not_fitting'],
    [sent, 'edit_not_lawful'],
  ]
  for (const [into, code] of tries) {
    const answer = await office.consignments[':id'].merging.$post({ param: { id: draft.id }, json: { into } })
    assert.equal((await refusalOf(answer)).code, code, into)
  }
  assert.equal((await office.show(draft.id)).status, 'DRAFT')
})

test('two who merge two orders into each other at once: one order is left with all of it', async () => {
  await using office = await openBuyingOffice()
  const [one, two] = [await office.order(), await office.order()]
  const merge = (id: string, into: string) =>
    office.consignments[':id'].merging.$post({ param: { id }, json: { into } })
  const answers = await Promise.all([merge(one.id, two.id), merge(two.id, one.id)])
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 422],
  )
  const left = [await office.show(one.id), await office.show(two.id)].filter(({ status }) => status === 'DRAFT')
  assert.deepEqual(
    left.map(({ totals }) => totals.quantity),
    ['20'],
  )
})
