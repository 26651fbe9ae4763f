import type { Facts } from './assortment.ts'
import { isDeletedConsignment, lineCount, lineStarts, planOf, type Plan } from './consignment-plans.ts'
import { present, round5, type Ground, type Source } from './ground.ts'
import { liveOf } from './labels.ts'
import { daysAfter, daysBefore, stamp } from './time.ts'

type Fields = { [field: string]: unknown }

export function consignments(ground: Ground, facts: (product: number) => Facts): Source {
  return {
    count: ground.sizes.consignments,
    row: (index) => {
      const plan = planOf(ground, index)
      const time = ground.time('consignments', index)
      const made = daysBefore(time, 1 + (index % 21))
      return present({
        id: ground.id('consignments', index),
        outlet_id: ground.id('outlets', plan.outlet),
        name: nameOf(plan, index, made),
        type: plan.type,
        status: plan.status,
        ...parties(ground, plan, index),
        consignment_date: stamp(made),
        due_at: plan.type === 'STOCKTAKE' || index % 3 === 0 ? undefined : stamp(daysAfter(made, 7)),
        received_at: plan.status === 'RECEIVED' ? stamp(time) : undefined,
        show_inactive: true,
        ...(plan.status === 'STOCKTAKE_COMPLETE' ? variances(ground, index, plan, facts) : {}),
        filters: plan.type === 'STOCKTAKE' && index % 2 === 0 ? [filter(ground, index)] : [],
        created_at: stamp(made),
        updated_at: stamp(time),
        deleted_at: isDeletedConsignment(ground, index) ? stamp(time) : undefined,
        version: ground.version('consignments', index),
      })
    },
  }
}

function nameOf({ type }: Plan, index: number, made: number): string {
  const day = new Date(made).toUTCString().slice(0, 16).replace(',', '')
  if (type === 'SUPPLIER') return `Order - ${day}`
  if (type === 'RETURN') return `Return - ${day}`
  if (type === 'STOCKTAKE') return `Count - ${day}`
  return index % 4 === 0 ? 'Stock Transfer' : `Top-up ${day}`
}

function parties(ground: Ground, plan: Plan, index: number): Fields {
  if (plan.type === 'OUTLET') return { source_outlet_id: ground.id('outlets', plan.source) }
  if (plan.type === 'STOCKTAKE') return {}
  const supplier = ground.id('suppliers', ground.dice('consignments', index, 2).below(liveOf(ground.sizes.suppliers)))
  const number = String(1 + (index % 99_999)).padStart(5, '0')
  const prefix = plan.type === 'SUPPLIER' ? 'PO' : 'RT'
  return {
    supplier_id: index % 17 === 4 ? undefined : supplier,
    supplier_invoice: plan.status === 'RECEIVED' && index % 2 === 0 ? `INV-${index * 31}` : '',
    reference: `${prefix}${plan.outlet + 1}-${number}`,
  }
}

function filter(ground: Ground, index: number): Fields {
  const brand = ground.dice('consignments', index, 3).below(liveOf(ground.sizes.brands))
  return { id: ground.id('filter', index), type: 'brand', value: ground.id('brands', brand) }
}

function variances(ground: Ground, index: number, plan: Plan, facts: (product: number) => Facts): Fields {
  const sums = { total_count_gain: 0, total_cost_gain: 0, total_count_loss: 0, total_cost_loss: 0 }
  for (let at = 0; at < plan.lines; at++) {
    const { count, received } = quantities(ground, index, plan, at)
    const cost = facts(productOf(ground, plan, at)).cost
    if (received > count) sums.total_count_gain += received - count
    if (received > count) sums.total_cost_gain = round5(sums.total_cost_gain + (received - count) * cost)
    if (received < count) sums.total_count_loss += count - received
    if (received < count) sums.total_cost_loss = round5(sums.total_cost_loss + (count - received) * cost)
  }
  return sums
}

/** Only products with an even index: none of them is a composite or deleted. */
const productOf = (ground: Ground, plan: Plan, at: number): number =>
  2 * ((plan.start + at) % Math.max(1, Math.floor(ground.sizes.products / 2)))

function quantities(ground: Ground, index: number, plan: Plan, at: number): { count: number; received: number } {
  const dice = ground.dice('consignment_products', index * 64 + at)
  const count = dice.chance(0.5) ? dice.between(1, 12) : dice.between(1, 8) * 6
  const off = dice.chance(0.08) ? dice.between(-3, 2) : 0
  const counted = ['RECEIVED', 'STOCKTAKE_COMPLETE', 'CLOSED', 'STOCKTAKE_IN_PROGRESS_PROCESSED'].includes(plan.status)
  const arrived = counted || (plan.status === 'DISPATCHED' && at % 2 === 0)
  return { count, received: arrived ? Math.max(0, count + off) : 0 }
}

export function consignmentProducts(ground: Ground, facts: (product: number) => Facts): Source {
  const starts = lineStarts(ground)
  const count = starts[ground.sizes.consignments] ?? 0
  return {
    count,
    row: (place) => {
      const index = owner(starts, place)
      return line(ground, { place, index, at: place - (starts[index] ?? 0) }, facts)
    },
    children: (consignmentId) => {
      const index = ground.ids.indexIn('consignments', consignmentId) ?? Infinity
      if (index >= ground.sizes.consignments) return []
      const first = starts[index] ?? 0
      return Array.from({ length: lineCount(planOf(ground, index)) }, (_, at) => first + at)
    },
  }
}

/** The consignment that the line at this place belongs to. */
function owner(starts: Int32Array, place: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((starts[middle] ?? 0) <= place) low = middle
    else high = middle - 1
  }
  return low
}

type Place = { place: number; index: number; at: number }

function line(ground: Ground, { place, index, at }: Place, facts: (product: number) => Facts) {
  const plan = planOf(ground, index)
  const second = at === plan.lines
  const product = productOf(ground, plan, second ? 0 : at)
  const { count, received } = quantities(ground, index, plan, at)
  const time = ground.time('consignment_products', place)
  const unpriced = plan.type === 'OUTLET' && plan.status === 'OPEN' && at % 2 === 1
  return present({
    id: ground.id('consignment_products', place),
    consignment_id: ground.id('consignments', index),
    product_id: ground.id('products', product),
    product_sku: facts(product).sku,
    count: second ? undefined : count.toFixed(5),
    received: (second ? 0 : received).toFixed(5),
    cost: unpriced ? undefined : facts(product).cost.toFixed(5),
    is_included: !second,
    status: lineStatus(plan, ground.dice('consignment_products', place, 1).chance(0.004)),
    created_at: stamp(daysBefore(time, 1)),
    updated_at: stamp(time),
    deleted_at: isDeletedConsignment(ground, index) ? stamp(time) : undefined,
    version: ground.version('consignment_products', place),
  })
}

function lineStatus({ type, status }: Plan, failed: boolean): string {
  if (type === 'STOCKTAKE') return status === 'STOCKTAKE_COMPLETE' ? 'STOCKTAKE_SUCCESS' : 'PENDING'
  if (status === 'RECEIVED') return failed ? 'RECEIVE_FAIL' : 'RECEIVE_SUCCESS'
  return status === 'SENT' && type !== 'SUPPLIER' ? 'SENT_SUCCESS' : 'PENDING'
}
