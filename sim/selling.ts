import { listIn, numberIn, textIn, type Fields } from './body.ts'
import type { SimContext } from './context.ts'
import { moveStock } from './inventory.ts'
import { stamp } from './seed/time.ts'
import type { Row } from './store.ts'

/** A line as the till sends it: unit price and tax, money in dollars. */
export type TillLine = {
  productId: string
  quantity: number
  price: number
  tax: number
  taxId: string
  discount: number
  loyalty: number
}
export type TillPayment = { typeId: string; amount: number }
export type Till = {
  id: string
  register: Row
  userId: string
  customerId: string | undefined
  status: string
  note: string
  soldAt: string
  lines: TillLine[]
  payments: TillPayment[]
}

const round5 = (value: number): number => Math.round(value * 100_000) / 100_000

/** Books a sale, or books it anew under the same id, and takes the difference from the shelves. */
export function sell(context: SimContext, till: Till): Row {
  const { store } = context
  const before = store.get('sales', till.id)
  const number = before ? {} : nextInvoice(context, till.register)
  const sale = store.put('sales', { ...before, ...number, ...saleFields(context, till, before) })
  const outletId = String(till.register['outlet_id'])
  for (const [productId, quantity] of difference(taken(context, before), taken(context, sale))) {
    moveStock(context, { productId, outletId }, -quantity)
  }
  return sale
}

function nextInvoice({ store }: SimContext, register: Row): Fields {
  const sequence = (numberIn(register['invoice_sequence']) ?? 0) + 1
  store.put('registers', { ...register, invoice_sequence: sequence })
  const number = `${textIn(register['invoice_prefix']) ?? ''}${sequence}${textIn(register['invoice_suffix']) ?? ''}`
  return { invoice_number: number, receipt_number: number, invoice_sequence: sequence }
}

function saleFields(context: SimContext, till: Till, before: Row | undefined): Fields & { id: string } {
  const { store } = context
  const now = stamp(store.now())
  const price = round5(till.lines.reduce((sum, line) => sum + round5(line.price * line.quantity), 0))
  const tax = round5(till.lines.reduce((sum, line) => sum + round5(line.tax * line.quantity), 0))
  return {
    id: till.id,
    outlet_id: till.register['outlet_id'],
    register_id: till.register.id,
    user_id: till.userId,
    ...(till.customerId === undefined ? {} : { customer_id: till.customerId }),
    source: 'USER',
    status: till.status,
    state: stateOf(till.status),
    attributes: till.status.startsWith('LAYBY') ? ['layby'] : till.status.startsWith('ONACCOUNT') ? ['onaccount'] : [],
    note: till.note,
    short_code: textIn(before?.['short_code']) ?? till.id.replaceAll(/[^a-f]/g, '').slice(0, 6),
    total_price: price,
    total_tax: tax,
    total_loyalty: round5(till.lines.reduce((sum, line) => sum + line.loyalty * line.quantity, 0)),
    sale_date: till.soldAt,
    created_at: textIn(before?.['created_at']) ?? now,
    updated_at: now,
    line_items: till.lines.map((line, place) => lineFields(context, line, place, till.status)),
    payments: till.payments.map((payment) => paymentFields(context, till, payment)),
    taxes: taxFields(context, till.lines),
  }
}

function stateOf(status: string): 'parked' | 'pending' | 'voided' | 'closed' {
  if (status === 'SAVED') return 'parked'
  if (status === 'VOIDED') return 'voided'
  return status.endsWith('CLOSED') ? 'closed' : 'pending'
}

function lineFields({ store }: SimContext, line: TillLine, place: number, status: string): Fields {
  const { quantity, price, tax, discount, loyalty } = line
  const cost = numberIn(store.get('products', line.productId)?.['supply_price']) ?? 0
  const of = (unit: number) => round5(unit * quantity)
  const [rate] = listIn(store.get('taxes', line.taxId)?.['rates'])
  return {
    id: store.newId(),
    product_id: line.productId,
    tax_id: line.taxId,
    discount,
    discount_total: of(discount),
    cost,
    cost_total: of(cost),
    price,
    price_total: of(price),
    tax,
    tax_total: of(tax),
    quantity,
    loyalty_value: loyalty,
    price_set: discount !== 0,
    status: status === 'SAVED' || status === 'VOIDED' ? status : 'CONFIRMED',
    sequence: place,
    tax_components: rate ? [{ rate_id: rate['id'], total_tax: of(tax) }] : [],
    unit_cost: cost,
    unit_discount: discount,
    unit_loyalty_value: loyalty,
    unit_price: price,
    unit_tax: tax,
    total_cost: of(cost),
    total_discount: of(discount),
    total_loyalty_value: of(loyalty),
    total_price: of(price),
    total_tax: of(tax),
    is_return: quantity < 0,
  }
}

function paymentFields({ store }: SimContext, till: Till, { typeId, amount }: TillPayment): Fields {
  const type = store.get('payment_types', typeId)
  return {
    id: store.newId(),
    register_id: till.register.id,
    outlet_id: till.register['outlet_id'],
    retailer_payment_type_id: typeId,
    payment_type_id: String(numberIn(type?.['type_id']) ?? 1),
    name: type?.['name'] ?? 'Cash',
    amount,
    payment_date: till.soldAt,
    external_attributes: [],
  }
}

function taxFields({ store }: SimContext, lines: TillLine[]): Fields[] {
  return [...new Set(lines.map(({ taxId }) => taxId))].flatMap((taxId) => {
    const amount = round5(
      lines.filter((line) => line.taxId === taxId).reduce((sum, line) => sum + line.tax * line.quantity, 0),
    )
    return listIn(store.get('taxes', taxId)?.['rates']).map(({ id, name, rate }) => ({ id, name, rate, amount }))
  })
}

/** What a sale has taken from the shelves, by product; composites take their components. */
function taken({ store, judgments }: SimContext, sale: Row | undefined): Map<string, number> {
  const sums = new Map<string, number>()
  const status = String(sale?.['status'])
  const open = status === 'LAYBY' || status === 'ONACCOUNT'
  if (!sale || ['SAVED', 'VOIDED'].includes(status) || (open && !judgments.laybysTakeStock)) return sums
  for (const line of listIn(sale['line_items'])) {
    const product = store.get('products', String(line['product_id']))
    const parts =
      product?.['is_composite'] === true
        ? listIn(product['composite'])
        : [{ product_id: line['product_id'], quantity: 1 }]
    for (const part of parts) {
      const id = String(part['product_id'])
      const quantity = (numberIn(part['quantity']) ?? 0) * (numberIn(line['quantity']) ?? 0)
      if (store.get('products', id)?.['has_inventory'] !== false) sums.set(id, (sums.get(id) ?? 0) + quantity)
    }
  }
  return sums
}

function difference(before: Map<string, number>, after: Map<string, number>): [string, number][] {
  const ids = new Set([...before.keys(), ...after.keys()])
  return [...ids]
    .map((id): [string, number] => [id, round5((after.get(id) ?? 0) - (before.get(id) ?? 0))])
    .filter(([, quantity]) => quantity !== 0)
}
