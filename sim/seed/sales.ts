import type { Facts } from './assortment.ts'
import { placeOf, round2, round5, type Ground, type Source } from './ground.ts'
import { gst, gstRate, noTax, paymentKind } from './money.ts'
import { invoicePrefix, outletOfRegister } from './outlets.ts'
import { linesOf, returnedIn, statusOf, type Line, type Status } from './sale-plans.ts'
import { daysBefore, stamp } from './time.ts'

type Fields = { [field: string]: unknown }

export function sales(ground: Ground, facts: (product: number) => Facts): Source {
  return {
    count: ground.sizes.sales,
    children: (paymentId) => placeOf(ground.ids.indexIn('sale_payment', paymentId), 4, ground.sizes.sales),
    row: (index) => {
      const lines = linesOf(ground, index, facts)
      const [status, state] = statusOf(ground, index)
      const register = registerOf(ground, index)
      const original = returnedIn(ground, index)
      const number = `${invoicePrefix(register)}${1000 + Math.floor(index / ground.sizes.registers)}`
      const total = totals(lines)
      const at = { ground, index, register, status, time: ground.time('sales', index) }
      return {
        id: ground.id('sales', index),
        outlet_id: ground.id('outlets', outletOfRegister(ground, register)),
        register_id: ground.id('registers', register),
        ...people(ground, index, status),
        invoice_number: number,
        receipt_number: number,
        invoice_sequence: 1000 + Math.floor(index / ground.sizes.registers),
        source: 'USER',
        status,
        state,
        attributes: status.startsWith('LAYBY') ? ['layby'] : status.startsWith('ONACCOUNT') ? ['onaccount'] : [],
        note: index % 37 === 5 ? 'Gift wrap, please' : '',
        short_code: shortCode(ground, index),
        ...(original === undefined ? {} : { return_for: ground.id('sales', original) }),
        ...total,
        ...times(at),
        line_items: lines.map((line, place) => lineRow(at, line, place)),
        payments: payments(at, round2(total.total_price + total.total_tax)),
        taxes: taxes(ground, lines),
        ...(index % 211 === 9 ? { adjustments: [{ type: 'NON_CASH_FEE', name: 'Non-cash Fee', value: 1.5 }] } : {}),
        ...(index % 487 === 23 ? { deleted_at: stamp(at.time) } : {}),
        version: ground.version('sales', index),
      }
    },
  }
}

type At = { ground: Ground; index: number; register: number; status: Status; time: number }

/** The first registers are the busy ones; long ago some sales were made in outlets that have closed. */
function registerOf(ground: Ground, index: number): number {
  const { registers, closedOutlets, sales: count } = ground.sizes
  const dice = ground.dice('sales', index, 3)
  if (closedOutlets > 0 && index < count * 0.3 && dice.chance(0.05)) return registers + dice.below(closedOutlets)
  return Math.min(dice.below(registers), dice.below(registers))
}

function people(ground: Ground, index: number, status: Status): Fields {
  const dice = ground.dice('sales', index, 4)
  const user = { user_id: ground.id('users', dice.below(Math.max(1, ground.sizes.users - 1))) }
  const named = dice.chance(0.35) || status.startsWith('LAYBY') || status.startsWith('ONACCOUNT')
  if (!named || ground.sizes.customers === 0) return user
  return { ...user, customer_id: ground.id('customers', dice.below(ground.sizes.customers)) }
}

function totals(lines: Line[]): { total_price: number; total_tax: number; total_loyalty: number } {
  let [price, tax] = [0, 0]
  for (const line of lines) {
    price += round5(line.price * line.quantity)
    tax += round5(line.tax * line.quantity)
  }
  return { total_price: round5(price), total_tax: round5(tax), total_loyalty: round2(price / 100) }
}

function times({ ground, index, status, time }: At): Fields {
  const slow = status !== 'CLOSED' && status.endsWith('_CLOSED')
  const soldAt = slow ? daysBefore(time, 2 + (index % 40)) : time - 1000 * (index % 90)
  const madeAt = stamp(soldAt - 1000 * ground.dice('sales', index, 5).between(5, 200))
  return { sale_date: stamp(soldAt), created_at: madeAt, updated_at: stamp(time) }
}

function shortCode(ground: Ground, index: number): string {
  const dice = ground.dice('sales', index, 6)
  return Array.from({ length: 6 }, () => String.fromCodePoint(97 + dice.below(26))).join('')
}

function lineRow({ ground, index, status }: At, line: Line, place: number): Fields {
  const { quantity, price, discount, cost, tax } = line
  const of = (unit: number) => round5(unit * quantity)
  const tax_id = line.taxed ? gst : noTax
  const points = round2(price / 100)
  return {
    id: ground.id('sale_line', index * 8 + place),
    product_id: ground.id('products', line.product),
    tax_id: ground.id('taxes', tax_id),
    discount,
    discount_total: of(discount),
    cost,
    cost_total: of(cost),
    price,
    price_total: of(price),
    tax,
    tax_total: of(tax),
    quantity,
    loyalty_value: points,
    price_set: discount > 0,
    status: status === 'SAVED' ? 'SAVED' : status === 'VOIDED' ? 'VOIDED' : 'CONFIRMED',
    sequence: place,
    tax_components: [{ rate_id: ground.id('tax_rate', tax_id), total_tax: of(tax) }],
    unit_cost: cost,
    unit_discount: discount,
    unit_loyalty_value: points,
    unit_price: price,
    unit_tax: tax,
    total_cost: of(cost),
    total_discount: of(discount),
    total_loyalty_value: of(points),
    total_price: of(price),
    total_tax: of(tax),
    is_return: quantity < 0,
  }
}

function payments({ ground, index, register, status, time }: At, owed: number): Fields[] {
  if (status === 'SAVED' || status === 'VOIDED' || owed === 0) return []
  const dice = ground.dice('sale_payment', index)
  const kind = status.startsWith('ONACCOUNT') ? 5 : dice.below(3)
  const first = status === 'LAYBY' ? round2(owed / 5) : dice.chance(0.05) ? round2(owed / 2) : owed
  const paid = status === 'LAYBY' || first === owed ? [first] : [first, round2(owed - first)]
  return paid.map((amount, at) => {
    const { name, typeId } = paymentKind(kind === 5 ? 5 : (kind + at) % 3)
    return {
      id: ground.id('sale_payment', index * 4 + at),
      register_id: ground.id('registers', register),
      outlet_id: ground.id('outlets', outletOfRegister(ground, register)),
      retailer_payment_type_id: ground.id('payment_types', kind === 5 ? 5 : (kind + at) % 3),
      payment_type_id: String(typeId),
      name,
      amount,
      payment_date: stamp(time),
      external_attributes: [],
    }
  })
}

function taxes(ground: Ground, lines: Line[]): Fields[] {
  const amount = round5(lines.reduce((sum, { tax, quantity }) => sum + round5(tax * quantity), 0))
  const row = (tax: number, name: string, rate: number, value: number) => ({
    id: ground.id('tax_rate', tax),
    name,
    rate,
    amount: value,
  })
  const untaxed = lines.some(({ taxed }) => !taxed) ? [row(noTax, 'No Tax', 0, 0)] : []
  return lines.some(({ taxed }) => taxed) ? [row(gst, 'GST', gstRate, amount), ...untaxed] : untaxed
}
