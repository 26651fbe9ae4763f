import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { cups, hamper, harbour, hub, milk, openOffice, refusalOf, supplier, tea } from '#test/office.ts'
import { readNumber } from './number.rules.ts'

test('an order is drafted with its number, what it costs, and what may be done with it', async () => {
  await using office = await openOffice()
  const order = await office.order([
    { productId: tea, quantity: '0.1' },
    { productId: milk, quantity: 0.2, unitCost: '3.33333' },
    { productId: cups, quantity: 12 },
  ])
  assert.deepEqual(
    [order.type, order.status, order.approval, order.lightspeed],
    ['PURCHASE_ORDER', 'DRAFT', 'not_asked', 'none'],
  )
  assert.deepEqual([order.stage, order.version, order.currency], ['DRAFT', 1, 'NZD'])
  assert.match(order.number, /^PO-STK-\d{6}-000001-\d\d$/)
  assert.ok('number' in readNumber(order.number))
  assert.deepEqual(
    order.lines.map(({ sku, quantity, unitCost, total, supplierCode }) => [
      sku,
      quantity,
      unitCost?.amount,
      total?.amount,
      supplierCode,
    ]),
    [
      ['TEA', '0.1', '4.95', '0.50', 'L-1'],
      ['MILK', '0.2', '3.33333', '0.67', null],
      ['CUPS', '12', '2.50', '30.00', 'L-3'],
    ],
  )
  assert.deepEqual(order.totals, { lines: 3, quantity: '12.3', cost: { amount: '31.17', currency: 'NZD' } })
  assert.deepEqual(order.allowed, [{ act: 'cancel', to: 'CANCELLED', label: 'Cancel' }])
  assert.deepEqual(await office.show(order.number.toLowerCase().replaceAll('-', ' ')), order)
})

test('a transfer is worth what its goods cost at the source', async () => {
  await using office = await openOffice()
  const transfer = await office.transfer([
    { productId: tea, quantity: 2 },
    { productId: cups, quantity: 1 },
  ])
  assert.deepEqual(
    transfer.lines.map(({ unitCost }) => unitCost?.amount),
    ['4.10', '2.50'],
  )
})

test('what cannot be is refused with the name of the field, and nothing is made', async () => {
  await using office = await openOffice()
  const order = {
    type: 'PURCHASE_ORDER',
    outletId: hub,
    supplierId: supplier,
    lines: [{ productId: tea, quantity: '1' }],
  }
  const line = (more: object) => ({
    ...order,
    lines: [
      { productId: milk, quantity: 1 },
      { productId: tea, quantity: '1', ...more },
    ],
  })
  const cases: readonly (readonly [object, string])[] = [
    [line({ quantity: -1 }), 'lines.1.quantity'],
    [line({ quantity: '-0.5' }), 'lines.1.quantity'],
    [line({ quantity: 'NaN' }), 'lines.1.quantity'],
    [line({ quantity: '1e3' }), 'lines.1.quantity'],
    [line({ quantity: '1000000' }), 'lines.1.quantity'],
    [line({ quantity: 1_000_000 }), 'lines.1.quantity'],
    [line({ quantity: '0.000001' }), 'lines.1.quantity'],
    [line({ quantity: null }), 'lines.1.quantity'],
    [line({ unitCost: '-1' }), 'lines.1.unitCost'],
    [line({ productId: 'product-none' }), 'lines.1.productId'],
    [line({ productId: milk }), 'lines.1.productId'],
    [line({ productId: hamper }), 'lines.1.productId'],
    [{ ...order, type: 'GIFT' }, 'type'],
    [{ ...order, outletId: 'outlet-none' }, 'outletId'],
    [{ ...order, outletId: undefined }, 'outletId'],
    [{ ...order, supplierId: 'supplier-none' }, 'supplierId'],
    [{ ...order, supplierId: null }, 'supplierId'],
    [{ ...order, sourceOutletId: harbour }, 'sourceOutletId'],
    [{ ...order, type: 'OUTLET_TRANSFER', supplierId: null }, 'sourceOutletId'],
    [{ ...order, type: 'OUTLET_TRANSFER', supplierId: null, sourceOutletId: hub }, 'sourceOutletId'],
    [{ ...order, type: 'STOCKTAKE' }, 'supplierId'],
    [{ ...order, dueAt: 'tomorrow' }, 'dueAt'],
  ]
  for (const [body, field] of cases) {
    const { status, detail } = await refusalOf(await office.post('/api/v1/consignments', body))
    assert.equal(status, 422, JSON.stringify(body))
    assert.ok(detail.includes(`${field}: `), `${detail} does not name ${field}`)
  }
  assert.deepEqual(await office.db.selectFrom('consignment').select('id').execute(), [])
  assert.deepEqual(await office.db.selectFrom('document_sequence').select('last').execute(), [])
})

test('trying to draft shows the draft, makes none and burns no number', async () => {
  await using office = await openOffice()
  const lines = [{ productId: tea, quantity: 3 }]
  const json = { type: 'PURCHASE_ORDER' as const, outletId: hub, supplierId: supplier, lines, dryRun: true }
  const tried = await (await office.consignments.$post({ json })).json()
  assert.deepEqual([tried.dryRun, tried.totals.cost?.amount], [true, '14.85'])
  assert.deepEqual(await office.db.selectFrom('consignment').select('id').execute(), [])
  assert.equal((await office.order()).number, tried.number)
})

test('twenty people draft at once, and no two numbers are the same', async () => {
  await using office = await openOffice()
  const made = await Promise.all(Array.from({ length: 20 }, () => office.order()))
  const sequences = made.map(({ number }) => number.slice(14, 20)).toSorted()
  assert.deepEqual(
    sequences,
    Array.from({ length: 20 }, (_, at) => String(at + 1).padStart(6, '0')),
  )
})

test('a phone that sends its order twice orders once', async () => {
  await using office = await openOffice()
  const send = async () => {
    const json = {
      type: 'PURCHASE_ORDER' as const,
      outletId: hub,
      supplierId: supplier,
      lines: [{ productId: tea, quantity: 1 }],
    }
    const answer = await office.consignments.$post({ json }, { headers: { 'idempotency-key': 'from-the-phone-1' } })
    return (await answer.json()).id
  }
  const ids = await Promise.all([send(), send(), send()])
  assert.equal(new Set(ids).size, 1)
  assert.equal((await office.db.selectFrom('consignment').select('id').execute()).length, 1)
})

test('who may not see costs is shown none', async () => {
  await using office = await openOffice()
  const { id } = await office.order()
  const headers = await office.hire('floor', 'consignments:read')
  const seen = await (await office.consignments[':id'].$get({ param: { id } }, { headers })).json()
  assert.deepEqual([seen.totals.cost, seen.lines[0]?.unitCost, seen.lines[0]?.total], [null, null, null])
  const { data } = await (await office.consignments.$get({ query: {} }, { headers })).json()
  assert.deepEqual(data[0]?.totals, { lines: 1, quantity: '10', cost: null })
})

test('who may not see costs finds none in its history, its revisions, its approval, or the audit either', async () => {
  await using office = await openOffice()
  const { id, lines } = await office.order([{ productId: tea, quantity: 10, unitCost: '7.77' }])
  const ask = (decision: 'submit' | 'approve') =>
    office.consignments[':id'].approval.$post({ param: { id }, json: { decision } })
  await ask('submit')
  await sql`update approval_setting set own_allowed = true`.execute(office.db)
  assert.equal((await ask('approve')).status, 200)
  const param = { id, lineId: lines[0]?.id ?? '' }
  await office.consignments[':id'].lines[':lineId'].$patch({ param, json: { unitCost: '7.66', reason: 'Dearer' } })
  const packer = await office.hire('packer', 'consignments:read', 'consignments:approve', 'audit:read')
  const buyer = await office.hire('buyer', 'consignments:read', 'consignments:approve', 'audit:read', 'costs:read')
  const here = `/api/v1/consignments/${id}`
  const paths = [here, `${here}/timeline`, `${here}/revisions`, `${here}/approvals`, '/api/v1/audit?entity=consignment']
  for (const path of paths) {
    const [seen, hidden] = await Promise.all(
      [buyer, packer].map(async (headers) => (await office.app.request(path, { headers })).text()),
    )
    assert.match(seen ?? '', /7\.[67]|7[67]\.[67]/, path)
    assert.doesNotMatch(hidden ?? '', /7\.[67]|7[67]\.[67]/, path)
  }
})
