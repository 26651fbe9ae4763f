import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hub, openOffice, refusalOf, supplier } from '#test/office.ts'

test('the list is read page by page and by filters, each document once', async () => {
  await using office = await openOffice()
  const orders = [await office.order(), await office.order(), await office.order()]
  const transfer = await office.transfer()
  await office.walk(transfer.id, 'OPEN')
  const list = async (query: Parameters<typeof office.consignments.$get>[0]['query']) =>
    (await office.consignments.$get({ query })).json()
  const first = await list({ limit: '3' })
  const rest = await list({ limit: '3', after: first.next ?? '' })
  assert.deepEqual(
    [...first.data, ...rest.data].map(({ id }) => id),
    [transfer.id, ...orders.map(({ id }) => id).toReversed()],
  )
  assert.equal(rest.next, null)
  const found = async (query: Parameters<typeof list>[0]) => (await list(query)).data.length
  assert.equal(await found({ type: 'PURCHASE_ORDER' }), 3)
  assert.equal(await found({ status: 'OPEN,SENT' }), 1)
  assert.equal(await found({ sourceOutletId: hub }), 1)
  assert.equal(await found({ outletId: hub, supplierId: supplier }), 3)
  assert.equal(await found({ since: '2999-01-01' }), 0)
  assert.equal((await refusalOf(await office.consignments.$get({ query: { status: 'ASLEEP' } }))).status, 422)
  assert.equal(
    (await refusalOf(await office.consignments.$get({ query: { after: 'nonsense' } }))).code,
    'cursor_not_valid',
  )
})
