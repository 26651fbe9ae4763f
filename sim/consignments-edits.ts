import type { Fields } from './body.ts'
import { amountField, fixed, textField } from './consignments-fields.ts'
import { no } from './consignments-headers.ts'
import {
  amountIn,
  consignmentOf,
  lineOf,
  movedBy,
  newLine,
  putConsignment,
  putLine,
  statusOf,
  typeOf,
} from './consignments-rows.ts'
import { isCounting } from './consignments-statuses.ts'
import type { SimContext } from './context.ts'
import type { Judgments } from './judgments.ts'
import { isDeleted } from './layer.ts'
import { levelOf } from './inventory.ts'
import { found, refused } from './refused.ts'
import { stamp } from './seed/time.ts'
import type { Row } from './store.ts'

export type Verb = 'add' | 'set' | 'remove' | 'bulk'

/** One product of a request. `count` is what is expected, `received` what was observed. */
export type Item = {
  productId: string
  count?: number | undefined
  received?: number | undefined
  cost?: number | undefined
}

export const itemOf = (body: Fields, productId = textField(body, 'product_id')): Item => {
  if (!productId) throw refused(400, 'product_id is required')
  return {
    productId,
    count: amountField(body, 'count'),
    received: amountField(body, 'received'),
    cost: amountField(body, 'cost'),
  }
}

/** Refuses what cannot be done to the lines of a consignment of that type in that status. */
export function mustTake(context: SimContext, consignment: Row, verb: Verb): void {
  const [type, status] = [typeOf(consignment), statusOf(consignment)]
  if (takes({ type, status, verb }, context.judgments)) return
  const act = { add: 'added to', set: 'changed in', remove: 'removed from', bulk: 'changed in bulk in' }[verb]
  throw no(context, `Products cannot be ${act} a ${type} consignment that is ${status}`)
}

function takes({ type, status, verb }: { type: string; status: string; verb: Verb }, judgments: Judgments): boolean {
  const bulk = verb !== 'bulk' || type === 'SUPPLIER' || type === 'OUTLET' || judgments.bulkForEveryType
  if (type === 'STOCKTAKE') return isCounting(status) && bulk && (verb !== 'remove' || judgments.countedLinesRemovable)
  if (status === 'OPEN') return bulk
  if (type === 'SUPPLIER') return status === 'SENT' || (status === 'DISPATCHED' && verb !== 'remove')
  if (status !== 'SENT' || verb === 'remove') return false
  return verb === 'set' || (judgments.linesWhileSent === 'accumulate' && bulk)
}

/** Adds to the line of a product, or sets it. */
export function writeLine(context: SimContext, consignment: Row, item: Item, verb: Verb): Row {
  const product = productFor(context, consignment, item.productId)
  const existing = lineOf(context, consignment.id, product.id)
  if (verb === 'set' && !existing && !context.judgments.putMakesLine) {
    throw refused(404, `The consignment has no product ${product.id}`)
  }
  const line = existing ?? firstLine(context, consignment, product)
  const { taken, arrived } = movedBy(line)
  const written = { ...line, _taken: taken, _arrived: arrived, ...changed(context, { consignment, line, item, verb }) }
  return putLine(context, written)
}

/** Moves an order on when something of it has arrived. `before`: as it was when the request came. */
export function dispatchWhenArrived(context: SimContext, before: Row, items: Item[], verb: Verb): void {
  const arrives = items.some((item) => dispatches(context, before, item, verb))
  const now = arrives ? consignmentOf(context, before.id) : undefined
  if (now) putConsignment(context, { ...now, status: 'DISPATCHED' })
}

/** The product of a request, if a consignment of that type can have it. */
export function productFor(context: SimContext, consignment: Row, id: string): Row {
  const product = context.store.get('products', id)
  if (!product || isDeleted(product)) {
    throw refused(context.judgments.unknownReferenceStatus, `There is no product ${id}`)
  }
  if (typeOf(consignment) === 'SUPPLIER' && product['is_composite'] === true) {
    throw no(context, 'A composite product cannot be ordered')
  }
  return product
}

/** What is expected of a product that is added to a running count is what lies there now. */
function firstLine(context: SimContext, consignment: Row, product: Row): Fields & { id: string } {
  const line = newLine(context, consignment, product)
  if (typeOf(consignment) !== 'STOCKTAKE') return line
  return { ...line, count: fixed(levelOf(context, product.id, String(consignment['outlet_id']))) }
}

type Change = { consignment: Row; line: Fields; item: Item; verb: Verb }

function changed(context: SimContext, { consignment, line, item, verb }: Change): Fields {
  const writes = writable(consignment, line, verb)
  const after: Fields = {}
  for (const field of ['count', 'received'] as const) {
    const given = item[field]
    if (given === undefined || !writes[field]) continue
    after[field] = fixed(verb === 'set' ? atLeastZero(context, given) : sum(context, amountIn(line, field) + given))
    if (field === 'received') after['_counted'] = true
  }
  const cost = item.cost ?? (line['cost'] === undefined ? priceOf(context, consignment, item.productId) : undefined)
  if (cost !== undefined && writes.cost) after['cost'] = fixed(cost)
  if (after['count'] !== undefined && statusOf(consignment) === 'SENT') after['status'] = 'PENDING'
  return after
}

/** Which quantities a write may change. A line that joins a dispatched order brings its own count. */
function writable(consignment: Row, line: Fields, verb: Verb): { count: boolean; received: boolean; cost: boolean } {
  const [type, status] = [typeOf(consignment), statusOf(consignment)]
  if (type === 'STOCKTAKE') return { count: false, received: true, cost: true }
  const arrives = status === 'DISPATCHED' || status === 'SENT'
  if (type === 'SUPPLIER') {
    const isNew = line['version'] === undefined
    return { count: status !== 'DISPATCHED' || isNew, received: arrives || verb === 'bulk', cost: true }
  }
  return { count: true, received: type === 'OUTLET' && status === 'SENT', cost: status === 'OPEN' }
}

function atLeastZero(context: SimContext, amount: number): number {
  if (amount < 0) throw no(context, 'A quantity cannot be set below zero')
  return amount
}

function sum(context: SimContext, amount: number): number {
  if (amount >= 0 || context.judgments.belowZero === 'kept') return amount
  if (context.judgments.belowZero === 'refused') throw no(context, 'The quantity would fall below zero')
  return 0
}

function priceOf({ store, judgments }: SimContext, consignment: Row, productId: string): number | undefined {
  if (typeOf(consignment) !== 'SUPPLIER' || judgments.unpricedOrderLine === 'absent') return undefined
  const product = store.get('products', productId)
  return product ? amountIn(product, 'supply_price') : undefined
}

function dispatches({ judgments }: SimContext, consignment: Row, item: Item, verb: Verb): boolean {
  if (typeOf(consignment) !== 'SUPPLIER' || item.received === undefined) return false
  if (item.received === 0 && !judgments.zeroReceivedDispatches) return false
  return statusOf(consignment) === 'SENT' || (statusOf(consignment) === 'OPEN' && verb === 'bulk')
}

/** Takes a product out of a consignment. */
export function removeLine(context: SimContext, consignment: Row, productId: string): void {
  const line = found(lineOf(context, consignment.id, productId), 'Consignment product')
  putLine(context, { ...line, deleted_at: stamp(context.store.now()) })
}
