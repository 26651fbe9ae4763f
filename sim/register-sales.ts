import { Hono } from 'hono'
import { fieldsOf, listIn, numberIn, textIn, type Fields } from './body.ts'
import type { SimContext, SimEnv } from './context.ts'
import { withoutCards } from './redact.ts'
import { found, refused } from './refused.ts'
import { sell, type TillLine, type TillPayment } from './selling.ts'
import { stamp } from './seed/time.ts'
import type { Row } from './store.ts'

/** API 0.9: a sale from a till. The same id again changes the sale. */
export function registerSaleRoutes(context: SimContext): Hono<SimEnv> {
  return new Hono<SimEnv>().post('/api/register_sales', async (c) => {
    const fields = await fieldsOf(c)
    const { store } = context
    const register = found(store.get('registers', String(fields['register_id'])), 'Register')
    const sale = sell(context, {
      id: textIn(fields['id']) ?? store.newId(),
      register,
      userId: found(store.get('users', String(fields['user_id'])), 'User').id,
      customerId: textIn(fields['customer_id']),
      status: textIn(fields['status']) ?? statusOf(fields['state']),
      note: withoutCards(textIn(fields['note']) ?? ''),
      soldAt: timeIn(fields['sale_date']) ?? stamp(store.now()),
      lines: listIn(fields['register_sale_products']).map((line) => readLine(context, line)),
      payments: listIn(fields['register_sale_payments']).map((payment) => readPayment(context, payment)),
    })
    return c.json({ register_sale: oldShape(sale) })
  })
}

function statusOf(state: unknown): string {
  const status = { parked: 'SAVED', pending: 'LAYBY', voided: 'VOIDED', closed: 'CLOSED' }[String(state)]
  if (status === undefined) throw refused(400, 'state is one of parked, pending, voided, closed')
  return status
}

/** RFC 3339 or `YYYY-MM-DD HH:mm:ss` in UTC. */
function timeIn(value: unknown): string | undefined {
  const text = textIn(value)
  if (text === undefined) return undefined
  const time = Date.parse(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text)
  return Number.isNaN(time) ? undefined : stamp(time)
}

function readLine({ store }: SimContext, line: Fields): TillLine {
  const product = found(store.get('products', String(line['product_id'])), 'Product')
  const quantity = numberIn(line['quantity'])
  const price = numberIn(line['price'])
  if (quantity === undefined || price === undefined) throw refused(400, 'Each product of a sale has quantity and price')
  return {
    productId: product.id,
    quantity,
    price,
    tax: numberIn(line['tax']) ?? 0,
    taxId: textIn(line['tax_id']) ?? '',
    discount: numberIn(line['discount']) ?? 0,
    loyalty: numberIn(line['loyalty_value']) ?? 0,
  }
}

function readPayment({ store }: SimContext, payment: Fields): TillPayment {
  const type = found(store.get('payment_types', String(payment['retailer_payment_type_id'])), 'Payment type')
  return { typeId: type.id, amount: numberIn(payment['amount']) ?? 0 }
}

/** The sale as API 0.9 names its parts. */
function oldShape(sale: Row): Fields {
  const { line_items: lines, payments, total_price, total_tax, total_loyalty, ...others } = sale
  return {
    ...others,
    totals: { total_price, total_tax, total_loyalty },
    register_sale_products: lines,
    register_sale_payments: payments,
  }
}
