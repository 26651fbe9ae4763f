import assert from 'node:assert/strict'
import { test } from 'node:test'
import { product, productComposite, productSupplier, productType, supplier } from './catalogue.ts'
import { consignment, consignmentProduct } from './consignments.ts'
import { customer, user } from './people.ts'
import { register, registerClosure } from './places.ts'
import { outletTax, paymentType, priceBook, tax } from './pricing.ts'
import { sale, saleLineItem, salePayment } from './selling.ts'
import { inventory } from './stock.ts'

test('a product without brand, supplier and category is one with empty references', () => {
  const read = product.parse({
    id: 'p-oolong',
    name: 'Oolong 100 g',
    sku: 40_017,
    active: '1',
    supply_price: '7.35000',
    price_excluding_tax: 12.173_913,
    version: '88123456789',
    button_order: '3',
    type: {},
    brand: {},
    brand_id: {},
    supplier_id: '',
    tag_ids: ['t-tea'],
    product_codes: [{ type: 'ean', code: '9400547012343' }],
  })
  assert.deepEqual(
    [read.sku, read.active, read.supply_price, read.price_excluding_tax, read.version, read.button_order],
    ['40017', true, '7.35000', '12.173913', 88_123_456_789, 3],
  )
  assert.deepEqual([read.brand_id, read.supplier_id, read.product_type_id, read.deleted_at], [null, null, null, null])
  assert.deepEqual([read.brand, read.tag_ids, read.attributes], [{}, ['t-tea'], null])
})

test('lists with tables of their own and fields of tomorrow stay out of the columns of a record', () => {
  const read = product.parse({
    id: 'p-1',
    product_codes: [],
    composite: [],
    images: [],
    packaging: { made_from: 'p-2' },
  })
  for (const absent of ['product_codes', 'composite', 'images', 'packaging']) assert.equal(absent in read, false)
  assert.deepEqual(Object.keys(read), Object.keys(product.shape))
})

test('a record without its id is refused, and the reason names the field', () => {
  assert.deepEqual(complaints(product.safeParse({ name: 'Nameless' })), ['id is missing or empty'])
  assert.deepEqual(complaints(customer.safeParse({ id: null })), ['id is missing or empty'])
  assert.deepEqual(complaints(consignmentProduct.safeParse({ count: '2' })), ['product_id is missing or empty'])
  assert.deepEqual(complaints(outletTax.safeParse({ tax_id: 'gst' })), [
    'outlet_id is missing or empty',
    'product_id is missing or empty',
  ])
  assert.deepEqual(complaints(registerClosure.safeParse({ id: 'x' })), ['register_closure_id is missing or empty'])
})

test('stock counts are exact, may be negative, and are never guessed', () => {
  const level = inventory.parse({
    id: 'i-1',
    product_id: 'p-1',
    outlet_id: 'hub',
    inventory_level: -2.5,
    current_amount: '-2.50000',
    version: 9,
  })
  assert.deepEqual(
    [level.inventory_level, level.current_amount, level.average_cost, level.reorder_point],
    ['-2.5', '-2.50000', null, null],
  )
  assert.deepEqual(complaints(inventory.safeParse({ id: 'i-1', inventory_level: 'about 3' })), [
    'inventory_level is not a quantity',
  ])
})

test('a transfer of an unknown type and status is read like any other', () => {
  const read = consignment.parse({
    id: 'c-1',
    name: 'Weekly top-up',
    type: 'KIT_ASSEMBLY',
    status: 'WAITING_FOR_RAIN',
    due_at: '2026-05-04',
    received_at: '2026-05-06 02:10:09',
    total_cost_loss: '-14.2500000000',
    show_inactive: true,
    filters: [{ type: 'brand', value: 'b-9' }],
  })
  assert.deepEqual([read.type, read.status], ['KIT_ASSEMBLY', 'WAITING_FOR_RAIN'])
  assert.deepEqual(
    [read.due_at, read.received_at, read.created_at],
    ['2026-05-04T00:00:00Z', '2026-05-06T02:10:09Z', null],
  )
  assert.deepEqual([read.total_cost_loss, read.supplier_id], ['-14.2500000000', null])
})

test('a line of a consignment keeps its five decimals, and an uncounted one stays uncounted', () => {
  const line = consignmentProduct.parse({
    product_id: 'p-1',
    count: '24.00000',
    cost: '3.10000',
    is_included: null,
    status: 'SENT_SUCCESS',
    version: 5,
  })
  assert.deepEqual([line.count, line.received, line.cost, line.is_included], ['24.00000', null, '3.10000', null])
})

test('a return names its sale, and its lines carry either naming of the amounts, or both', () => {
  const read = sale.parse({
    id: 's-2',
    return_for: 's-1',
    invoice_number: 'HQ-77-NZ',
    invoice_sequence: 77,
    state: 'parked',
    total_price: -45,
    attributes: ['onaccount'],
  })
  assert.deepEqual(
    [read.return_for, read.invoice_number, read.invoice_sequence, read.total_price],
    ['s-1', 'HQ-77-NZ', 77, '-45'],
  )
  const older = saleLineItem.parse({
    id: 'l-1',
    quantity: -1,
    price: 45,
    price_total: -45,
    sequence: 0,
    is_return: true,
  })
  const newer = saleLineItem.parse({
    id: 'l-2',
    quantity: '-1',
    unit_price: '45',
    total_price: '-45',
    sequence: '1',
    is_return: 'true',
  })
  assert.deepEqual([older.price_total, older.total_price, older.sequence], ['-45', null, 0])
  assert.deepEqual([newer.price_total, newer.total_price, newer.sequence], [null, '-45', 1])
  assert.deepEqual([older.is_return, newer.is_return, newer.quantity], [true, true, '-1'])
})

test('a payment keeps its fee and both names of its type', () => {
  const read = salePayment.parse({
    id: 'pay-1',
    payment_type_id: 3,
    retailer_payment_type_id: 'eftpos',
    amount: 51.75,
    fee: '0.4',
    payment_date: '2026-05-04T03:02:01Z',
  })
  assert.deepEqual(
    [read.payment_type_id, read.retailer_payment_type_id, read.amount, read.fee],
    ['3', 'eftpos', '51.75', '0.4'],
  )
})

test('the lists inside a product read without ids', () => {
  assert.deepEqual(productComposite.parse({ product_id: 'p-cup', quantity: '6' }), {
    product_id: 'p-cup',
    quantity: '6',
  })
  assert.equal(productSupplier.parse({ supplier_id: 'sup-1', price: 19 }).id, null)
})

test('people, places and prices read with what the examples hold and the description does not name', () => {
  assert.equal(
    register.parse({ id: 'r-1', is_quick_keys_enabled: true, invoice_sequence: '4000000001' }).invoice_sequence,
    4_000_000_001,
  )
  assert.deepEqual(register.parse({ id: 'r-1', register_close_time: null }).register_close_time, null)
  assert.equal(registerClosure.parse({ register_closure_id: 'k-9', payments: [] }).version, 0)
  assert.equal(paymentType.parse({ id: 'voucher', type_id: 118, version: 4 }).type_id, 118)
  assert.deepEqual(tax.parse({ id: 'gst', rates: [{ id: 'r', rate: 0.15 }], version: 1 }).rates, [
    { id: 'r', rate: 0.15 },
  ])
  assert.deepEqual(priceBook.parse({ id: 'vip', outlet: {}, valid_from: '2026-11-27' }).valid_from, '2026-11-27')
  assert.equal(
    supplier.parse({ id: 'sup-1', source: 'USER', contact: { email: 'orders@leaf.example' } }).source,
    'USER',
  )
  assert.equal(productType.parse({ id: 'tea', leaf_category: true }).leaf_category, true)
  assert.equal(
    user.parse({ id: 'u-1', roles: [{ id: 4 }], permissions: null, seen_at: '2026-05-04T03:02:01.250Z' }).seen_at,
    '2026-05-04T03:02:01.250Z',
  )
  assert.equal(customer.parse({ id: 'k-1', date_of_birth: '1984-02-29', balance: -120.5 }).date_of_birth, '1984-02-29')
})

type Parsed = { error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined }

function complaints({ error }: Parsed): string[] {
  return error?.issues.map(({ path, message }) => `${path.map(String).join('.')} ${message}`) ?? []
}
