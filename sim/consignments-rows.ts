import { numberIn, textIn, type Fields } from './body.ts'
import type { SimContext } from './context.ts'
import type { Judgments } from './judgments.ts'
import { isDeleted } from './layer.ts'
import { inventoryId } from './seed/ids.ts'
import { stamp } from './seed/time.ts'
import { isType, type Type } from './consignments-statuses.ts'
import type { Row } from './store.ts'

export const typeOf = (consignment: Row): Type => {
  const type = consignment['type']
  return isType(type) ? type : 'SUPPLIER'
}
export const statusOf = (consignment: Row): string => textIn(consignment['status']) ?? 'OPEN'
export const idIn = (row: Fields, field: string): string => textIn(row[field]) ?? ''
export const amountIn = (row: Fields, field: string): number => numberIn(row[field]) ?? 0

/** A consignment that is not deleted. */
export function consignmentOf({ store }: SimContext, id: string): Row | undefined {
  const row = store.get('consignments', id)
  return row && !isDeleted(row) ? row : undefined
}

/** The lines that are not deleted, oldest version first. */
export const linesOf = ({ store }: SimContext, consignmentId: string): Row[] =>
  store.list('consignment_products', { after: 0, limit: Infinity, deleted: false, of: consignmentId })

export const hasLines = ({ store }: SimContext, consignmentId: string): boolean =>
  store.list('consignment_products', { after: 0, limit: 1, deleted: false, of: consignmentId }).length > 0

/** The line of a product; of several, as old consignments have, the one changed last. */
export function lineOf(context: SimContext, consignmentId: string, productId: string): Row | undefined {
  const direct = context.store.get('consignment_products', inventoryId(productId, consignmentId))
  if (direct && !isDeleted(direct)) return direct
  return linesOf(context, consignmentId).findLast((line) => line['product_id'] === productId)
}

/** A line as it begins: nothing expected, nothing observed. */
export function newLine({ store }: SimContext, consignment: Row, product: Row): Fields & { id: string } {
  const now = stamp(store.now())
  return {
    id: inventoryId(product.id, consignment.id),
    consignment_id: consignment.id,
    product_id: product.id,
    product_sku: product['sku'],
    count: '0.00000',
    received: '0.00000',
    is_included: typeOf(consignment) !== 'STOCKTAKE',
    status: 'PENDING',
    created_at: now,
    updated_at: now,
    _taken: 0,
    _arrived: 0,
  }
}

/** Stores a line; by judgment its consignment gets a new version too. */
export function putLine(context: SimContext, line: Fields & { id: string }): Row {
  const { store, judgments } = context
  const row = store.put('consignment_products', { ...line, updated_at: stamp(store.now()) })
  const consignment = judgments.linesTouchConsignment && consignmentOf(context, idIn(row, 'consignment_id'))
  if (consignment) putConsignment(context, consignment)
  return row
}

export const putConsignment = ({ store }: SimContext, consignment: Fields & { id: string }): Row =>
  store.put('consignments', { ...consignment, updated_at: stamp(store.now()) })

/** What a line has moved so far: out of the outlet that sends, into the one that receives. Old rows tell it by their status. */
export function movedBy(line: Fields): { taken: number; arrived: number } {
  const [status, count, received] = [line['status'], amountIn(line, 'count'), amountIn(line, 'received')]
  const left = status === 'SENT_SUCCESS' || status === 'RECEIVE_SUCCESS' || status === 'RECEIVE_FAIL'
  return {
    taken: numberIn(line['_taken']) ?? (left ? count : 0),
    arrived: numberIn(line['_arrived']) ?? (status === 'RECEIVE_SUCCESS' ? received : 0),
  }
}

const settable = ['due_at', 'received_at', 'supplier_id', 'source_outlet_id', 'supplier_invoice', 'reference']
const sums = ['total_count_gain', 'total_cost_gain', 'total_count_loss', 'total_cost_loss']
const consignmentNulls = [...settable, ...sums, 'deleted_at']
const lineNulls = ['count', 'cost', 'deleted_at']

/** A consignment as it goes out. */
export const consignmentOnWire = (row: Row, judgments: Judgments): Fields => onWire(row, consignmentNulls, judgments)

/** A line as it goes out: it has no id of its own. */
export function lineOnWire(row: Row, judgments: Judgments): Fields {
  const { id: _, consignment_id: __, ...fields } = row
  return onWire(fields, lineNulls, judgments)
}

function onWire(row: Fields, nullable: readonly string[], { unsetConsignmentFields }: Judgments): Fields {
  const shown = Object.entries(row).filter(
    ([name, value]) => !name.startsWith('_') && value !== undefined && value !== null,
  )
  const nulls = unsetConsignmentFields === 'null' ? nullable.map((name): [string, unknown] => [name, null]) : []
  return Object.fromEntries([...nulls, ...shown])
}
