import { fixed } from './consignments-fields.ts'
import { amountIn, idIn, movedBy, putConsignment, putLine, statusOf, typeOf } from './consignments-rows.ts'
import type { SimContext } from './context.ts'
import { inventoryOf, levelOf, setInventory } from './inventory.ts'
import { isDeleted } from './layer.ts'
import { lastSeededVersion } from './seed/versions.ts'
import type { Row } from './store.ts'

const batch = 200

/**
 * Lets Lightspeed work on the lines of a consignment a little later: cost, stock, status of each line. What a line has moved is
 * noted in it, so that doing it again moves nothing twice.
 */
export function processLines(context: SimContext, consignmentId: string): void {
  const waiting = queueOf(context)
  if (waiting.has(consignmentId)) return
  waiting.add(consignmentId)
  context.afterDelay(context.judgments.lineProcessingMs, () => {
    waiting.delete(consignmentId)
    const consignment = context.store.get('consignments', consignmentId)
    if (consignment) workOnAll(context, consignment)
  })
}

const queues = new WeakMap<SimContext, Set<string>>()

/** Consignments that wait to be worked on: what happens to one meanwhile is worked on with it. */
function queueOf(context: SimContext): Set<string> {
  const queue = queues.get(context) ?? new Set()
  queues.set(context, queue)
  return queue
}

function workOnAll(context: SimContext, consignment: Row): void {
  const match = { path: `/api/2.0/consignments/${consignment.id}`, method: 'PUT' }
  const received = statusOf(consignment) === 'RECEIVED'
  const fault = received ? context.trouble.take('received_falls_back', match) : undefined
  if (fault) fallBack(context, consignment, fault)
  else workOn(context, consignment.id, unsettled(context, consignment))
}

function workOn(context: SimContext, consignmentId: string, lineIds: string[]): void {
  for (const id of lineIds.slice(0, batch)) {
    const consignment = context.store.get('consignments', consignmentId)
    const line = context.store.get('consignment_products', id)
    if (consignment && line && !isSettled(context, consignment, line)) settle(context, consignment, line)
  }
  const rest = lineIds.slice(batch)
  if (rest.length > 0) context.afterDelay(0, () => workOn(context, consignmentId, rest))
}

/** Processing failed: nothing more arrives, the lines say so, and the status goes back. */
function fallBack(context: SimContext, consignment: Row, fault: { [option: string]: unknown }): void {
  const arriving = typeof fault['linesFirst'] === 'number' ? fault['linesFirst'] : 0
  const ids = unsettled(context, consignment)
  for (const [at, id] of ids.entries()) {
    const line = context.store.get('consignment_products', id)
    if (line && at < arriving) settle(context, consignment, line)
    else if (line) putLine(context, { ...line, ...moved(line), status: 'RECEIVE_FAIL' })
  }
  const status = typeof fault['status'] === 'string' ? fault['status'] : 'SENT'
  putConsignment(context, { ...consignment, status, received_at: undefined })
}

type Target = { taken: number; arrived: number; status: string }

/** What a line must have moved in the present status of its consignment. */
function targetOf({ judgments }: SimContext, consignment: Row, line: Row): Target {
  const [type, status] = [typeOf(consignment), statusOf(consignment)]
  const gone = status === 'CANCELLED' || isDeleted(consignment)
  const [count, before] = [amountIn(line, 'count'), movedBy(line)]
  const sends = type === 'OUTLET' || type === 'RETURN'
  if (gone) {
    const kept = judgments.cancelReversesSend ? { taken: 0, arrived: 0 } : before
    return { ...kept, status: String(line['status']) }
  }
  const left = sends && (status === 'SENT' || status === 'RECEIVED')
  const arrived = status === 'RECEIVED' ? receivedOf(judgments, type, line) : 0
  const done = status === 'RECEIVED' ? 'RECEIVE_SUCCESS' : left ? 'SENT_SUCCESS' : String(line['status'])
  return { taken: left ? count : 0, arrived, status: done }
}

function receivedOf({ receivedDefaultsToCount }: SimContext['judgments'], type: string, line: Row): number {
  const untold = line['_counted'] !== true && amountIn(line, 'received') === 0
  return amountIn(line, type === 'OUTLET' && receivedDefaultsToCount && untold ? 'count' : 'received')
}

function unsettled(context: SimContext, consignment: Row): string[] {
  if (typeOf(consignment) === 'STOCKTAKE') return []
  const lines = context.store.list('consignment_products', {
    after: 0,
    limit: Infinity,
    deleted: isDeleted(consignment),
    of: consignment.id,
  })
  return lines.filter((line) => !isSettled(context, consignment, line)).map(({ id }) => id)
}

function isSettled(context: SimContext, consignment: Row, line: Row): boolean {
  const [target, before] = [targetOf(context, consignment, line), movedBy(line)]
  return target.taken === before.taken && target.arrived === before.arrived && target.status === line['status']
}

const moved = (line: Row) => ({ _taken: movedBy(line).taken, _arrived: movedBy(line).arrived })

function settle(context: SimContext, consignment: Row, line: Row): void {
  const path = `/api/2.0/consignments/${consignment.id}`
  const productId = idIn(line, 'product_id')
  const accepts = (fault: { [option: string]: unknown }) => [undefined, productId].includes(asId(fault['product']))
  const target = targetOf(context, consignment, line)
  const receives = target.status === 'RECEIVE_SUCCESS' && line['status'] !== 'RECEIVE_SUCCESS'
  if (receives && context.trouble.take('line_fails', { path, method: 'PUT', accepts })) {
    putLine(context, { ...line, ...moved(line), status: 'RECEIVE_FAIL' })
    return
  }
  const before = movedBy(line)
  const cost = costOf(context, consignment, line)
  if (isTracked(context, productId)) {
    take(context, { productId, outletId: senderOf(consignment) }, target.taken - before.taken)
    bring(context, consignment, { line, quantity: target.arrived - before.arrived, cost })
  }
  const received = target.arrived > 0 ? { received: fixed(target.arrived) } : {}
  putLine(context, {
    ...line,
    ...(cost === undefined ? {} : { cost: fixed(cost) }),
    ...received,
    status: target.status,
    _taken: target.taken,
    _arrived: target.arrived,
  })
}

const asId = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** A transfer leaves its source, a return its outlet. */
const senderOf = (consignment: Row): string =>
  idIn(consignment, typeOf(consignment) === 'OUTLET' ? 'source_outlet_id' : 'outlet_id')

const isTracked = ({ store }: SimContext, productId: string): boolean =>
  store.get('products', productId)?.['has_inventory'] === true

/** The line's own cost, or the average cost where the goods come from. */
function costOf(context: SimContext, consignment: Row, line: Row): number | undefined {
  if (line['cost'] !== undefined && line['cost'] !== null) return amountIn(line, 'cost')
  const row = inventoryOf(context, idIn(line, 'product_id'), senderOf(consignment))
  return row?.['average_cost'] === undefined ? undefined : amountIn(row, 'average_cost')
}

function take(context: SimContext, place: { productId: string; outletId: string }, quantity: number): void {
  if (quantity !== 0)
    setInventory(context, place, { level: levelOf(context, place.productId, place.outletId) - quantity })
}

type Arrival = { line: Row; quantity: number; cost: number | undefined }

function bring(context: SimContext, consignment: Row, { line, quantity, cost }: Arrival): void {
  if (quantity === 0) return
  const { judgments, store } = context
  const place = { productId: idIn(line, 'product_id'), outletId: idIn(consignment, 'outlet_id') }
  const level = levelOf(context, place.productId, place.outletId)
  const before = inventoryOf(context, place.productId, place.outletId)?.['average_cost']
  const order = typeOf(consignment) === 'SUPPLIER'
  const priced = cost !== undefined && quantity > 0 && (order || judgments.transfersCarryCost)
  const average = priced ? averageAfter(judgments, { level, before, quantity, cost }) : before
  setInventory(context, place, { level: level + quantity, ...(average === undefined ? {} : { average_cost: average }) })
  const product = order && judgments.receiptSetsSupplyPrice && priced && store.get('products', place.productId)
  if (product) store.put('products', { ...product, supply_price: cost })
}

type Receipt = { level: number; before: unknown; quantity: number; cost: number }

/** Weighted by quantity; what lay below zero, or had no cost, does not weigh. */
function averageAfter({ averageCost }: SimContext['judgments'], { level, before, quantity, cost }: Receipt): unknown {
  if (averageCost === 'unchanged') return before
  if (averageCost === 'last' || typeof before !== 'number' || level <= 0) return cost
  return Math.round(((level * before + quantity * cost) / (level + quantity)) * 100_000) / 100_000
}

/** Takes up the work that a simulator which was stopped left lying. */
export function resumeProcessing(context: SimContext): void {
  const rows = context.store.list('consignments', { after: lastSeededVersion, limit: Infinity, deleted: true })
  for (const row of rows) if (unsettled(context, row).length > 0) processLines(context, row.id)
}
