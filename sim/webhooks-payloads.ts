import { isFields, listIn, numberIn, only, textIn, type Fields } from './body.ts'
import { idIn } from './consignments-rows.ts'
import type { SimContext } from './context.ts'
import { retailerOf } from './retailer.ts'
import type { Row } from './store.ts'

/** Payloads have the shape of API 1.0: other names, times as SQL writes them, quantities and money mostly as text. */
export function productPayload(context: SimContext, row: Row): Fields {
  const { store } = context
  const inventory = store.list('inventory', { after: 0, limit: Infinity, deleted: true, of: row.id })
  return {
    ...only(row, ['id', 'source', 'source_id', 'source_variant_id', 'variant_parent_id', 'handle', 'sku']),
    ...only(row, ['description', 'active', 'button_order', 'version']),
    retailer_id: retailerOf(context)['id'],
    name: row['variant_name'] ?? row['name'],
    base_name: row['name'],
    supply_price: amount(context, row['supply_price']),
    attributed_cost: amount(context, row['supply_price']),
    brand: named(row['brand']),
    supplier: named(row['supplier'], ['description', 'source']),
    product_type: named(row['type']),
    categories: listIn(row['categories']).map((tag) => named(tag)),
    variant_options: listIn(row['variant_options']).map((option) => only(option, ['id', 'name', 'value'])),
    inventory: inventory.map((level) => inventoryPayload(context, level)),
    price_book_entries: [basePrice(context, row)],
    taxes: defaultTaxes(context),
    deleted_at: sqlTime(row['deleted_at']),
  }
}

export function salePayload(context: SimContext, row: Row): Fields {
  const { store } = context
  const customer = store.get('customers', idIn(row, 'customer_id'))
  const user = store.get('users', idIn(row, 'user_id'))
  const payments = listIn(row['payments'])
  const paid = payments.reduce((sum, payment) => sum + (numberIn(payment['amount']) ?? 0), 0)
  const [price, tax] = [numberIn(row['total_price']) ?? 0, numberIn(row['total_tax']) ?? 0]
  return {
    ...only(row, ['id', 'register_id', 'user_id', 'invoice_number', 'short_code', 'source', 'source_id', 'status']),
    ...only(row, ['note', 'return_for', 'version']),
    customer_id: row['customer_id'] ?? null,
    customer: customer ? customerPayload(context, customer) : null,
    user: user ? only(user, ['id', 'username', 'display_name', 'email']) : null,
    sale_date: sqlTime(row['sale_date']),
    created_at: sqlTime(row['created_at']),
    updated_at: sqlTime(row['updated_at']),
    deleted_at: sqlTime(row['deleted_at']),
    register_sale_products: listIn(row['line_items']).map((line) => saleLine(context, line)),
    register_sale_payments: payments.map((payment) => salePayment(context, payment)),
    taxes: listIn(row['taxes']).map(({ id, name, rate, amount: sum }) => ({
      id,
      name,
      rate,
      tax: amount(context, sum),
    })),
    totals: {
      total_loyalty: amount(context, row['total_loyalty']),
      total_payment: amount(context, paid),
      total_price: amount(context, price),
      total_tax: amount(context, tax),
      total_to_pay: amount(context, price + tax - paid),
    },
  }
}

const saleLine = (context: SimContext, line: Fields): Fields => ({
  ...only(line, ['id', 'product_id', 'price_set', 'tax_id']),
  ...amounts(context, line, ['quantity', 'price', 'price_total', 'discount', 'loyalty_value', 'tax', 'tax_total']),
})

const salePayment = (context: SimContext, payment: Fields): Fields => ({
  ...only(payment, ['id', 'payment_type_id', 'retailer_payment_type_id']),
  amount: amount(context, payment['amount']),
  payment_date: sqlTime(payment['payment_date']),
  payment_type: { id: payment['payment_type_id'], name: payment['name'], has_native_support: false },
  retailer_payment_type: { id: payment['retailer_payment_type_id'], name: payment['name'] },
})

const customerFields = [
  'id',
  'customer_code',
  'customer_group_id',
  'first_name',
  'last_name',
  'company_name',
  'email',
  'phone',
  'mobile',
  'fax',
  'date_of_birth',
  'do_not_email',
  'enable_loyalty',
  'note',
  'custom_field_1',
  'custom_field_2',
  'custom_field_3',
  'custom_field_4',
]

export const customerPayload = (context: SimContext, row: Row): Fields => ({
  ...only(row, customerFields),
  ...amounts(context, row, ['balance', 'loyalty_balance', 'year_to_date']),
  contact_first_name: row['first_name'] ?? null,
  contact_last_name: row['last_name'] ?? null,
  sex: row['gender'] ?? null,
  points: 0,
  created_at: sqlTime(row['created_at']),
  updated_at: sqlTime(row['updated_at']),
  deleted_at: sqlTime(row['deleted_at']),
})

export const inventoryPayload = (context: SimContext, row: Row): Fields => ({
  ...only(row, ['id', 'product_id', 'outlet_id', 'version']),
  count: amount(context, row['inventory_level']),
  attributed_cost: amount(context, row['average_cost']),
  reorder_point: amount(context, row['reorder_point']),
  restock_level: amount(context, row['reorder_amount']),
  deleted_at: sqlTime(row['deleted_at']),
})

export const closurePayload = (context: SimContext, row: Row): Fields => ({
  ...only(row, ['register_closure_sequence_number', 'register_id', 'outlet_id', 'payments', 'version']),
  id: row.id,
  register_closure_id: row.id,
  retailer_id: retailerOf(context)['id'],
  register_open_time: sqlTime(row['register_open_time']),
  register_close_time: sqlTime(row['register_close_time']),
})

export const linePayload = (context: SimContext, row: Row): Fields => ({
  ...only(row, ['id', 'consignment_id', 'product_id', 'status', 'version']),
  ...amounts(context, row, ['count', 'received', 'cost']),
  created_at: sqlTime(row['created_at']),
  updated_at: sqlTime(row['updated_at']),
  deleted_at: sqlTime(row['deleted_at']),
})

export const consignmentPayload = (row: Row): Fields => ({
  ...only(row, ['id', 'outlet_id', 'name', 'type', 'status', 'supplier_id', 'source_outlet_id', 'reference']),
  ...only(row, ['supplier_invoice', 'version']),
  consignment_date: sqlTime(row['consignment_date']),
  due_at: sqlTime(row['due_at']),
  received_at: sqlTime(row['received_at']),
})

function named(value: unknown, more: string[] = []): Fields | null {
  return isFields(value) && value['id'] !== undefined ? only(value, ['id', 'name', ...more]) : null
}

const amounts = (context: SimContext, row: Fields, names: string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, amount(context, row[name])]))

function amount({ judgments }: SimContext, value: unknown): string | number | null {
  const number = numberIn(value)
  if (number === undefined) return null
  return judgments.webhookNumbers === 'text' ? number.toFixed(5) : number
}

/** `2026-07-27 10:03:38`, in UTC without saying so. */
function sqlTime(value: unknown): string | null {
  const text = textIn(value)
  return text === undefined ? null : new Date(text).toISOString().slice(0, 19).replace('T', ' ')
}

function basePrice(context: SimContext, product: Row): Fields {
  const [book] = context.store.list('price_books', { ...every, limit: 1, where: (row) => row['type'] === 'BASE' })
  return {
    id: product.id,
    product_id: product.id,
    type: 'BASE',
    price: amount(context, product['price_excluding_tax']),
    customer_group_id: book?.['customer_group_id'] ?? null,
    min_units: null,
    max_units: null,
    valid_from: null,
    valid_to: null,
  }
}

const defaultTaxes = ({ store }: SimContext): Fields[] =>
  store.list('outlets', every).map((outlet) => ({ outlet_id: outlet.id, tax_id: outlet['default_tax_id'] }))

const every = { after: 0, limit: Infinity, deleted: false }
