import { listIn, textIn, type Fields } from './body.ts'
import { fixed } from './consignments-fields.ts'
import {
  amountIn,
  consignmentOf,
  idIn,
  linesOf,
  newLine,
  putConsignment,
  putLine,
  statusOf,
} from './consignments-rows.ts'
import type { SimContext } from './context.ts'
import { inventoryOf, levelOf, setInventory } from './inventory.ts'
import { lastSeededVersion } from './seed/versions.ts'
import type { Row } from './store.ts'

const batch = 200

/** The job that fills a started count with its products and what is expected of each, and then says so in the status. */
export function fillCount(context: SimContext, id: string): void {
  context.afterDelay(context.judgments.stocktakeJobMs, () => fillFrom(context, id, 0))
}

function fillFrom(context: SimContext, id: string, after: number): void {
  const count = consignmentOf(context, id)
  if (!count || statusOf(count) !== 'STOCKTAKE_IN_PROGRESS') return
  const products = context.store.list('products', { after, limit: batch, deleted: false })
  const known = new Map(linesOf(context, id).map((line) => [line['product_id'], line]))
  for (const product of products.filter((each) => belongs(context, count, each))) {
    include(context, count, { product, line: known.get(product.id) ?? newLine(context, count, product) })
  }
  const last = products.at(-1)
  if (last) context.afterDelay(0, () => fillFrom(context, id, last.version))
  else putConsignment(context, { ...count, status: 'STOCKTAKE_IN_PROGRESS_PROCESSED' })
}

/** Whether a count is about a product. Without filters it is about every product that has stock. */
function belongs(context: SimContext, count: Row, product: Row): boolean {
  if (product['has_inventory'] !== true) return false
  if (count['show_inactive'] === false && product['active'] === false) return false
  const filters = listIn(count['filters'])
  const finds = (filter: { [field: string]: unknown }) => matches(context, filter, product)
  if (filters.length === 0) return true
  return context.judgments.filtersCombine === 'any' ? filters.some(finds) : filters.every(finds)
}

function matches({ store }: SimContext, filter: { [field: string]: unknown }, product: Row): boolean {
  const wanted = filter['value']
  const tags = product['tag_ids']
  const type = store.get('product_types', idIn(product, 'product_type_id'))
  const suppliers = [product['supplier_id'], ...listIn(product['product_suppliers']).map((each) => each['supplier_id'])]
  const names: { [type: string]: unknown[] } = {
    product: [product.id],
    brand: [product['brand_id']],
    supplier: suppliers,
    tag: Array.isArray(tags) ? tags : [],
    product_type: [type?.id, ...listIn(type?.['category_path']).map((step) => step['id'])],
  }
  return names[textIn(filter['type']) ?? '']?.includes(wanted) ?? false
}

type Included = { product: Row; line: Fields & { id: string } }

/** Somebody may have counted the product before the job came to it. */
function include(context: SimContext, count: Row, { product, line }: Included): void {
  const outletId = idIn(count, 'outlet_id')
  const cost = inventoryOf(context, product.id, outletId)?.['average_cost']
  putLine(context, {
    ...line,
    count: fixed(levelOf(context, product.id, outletId)),
    ...(typeof cost === 'number' ? { cost: fixed(cost) } : {}),
    is_included: true,
  })
}

/** Gains and losses of a completed count against what was expected, in pieces and money. */
export function variancesOf(context: SimContext, id: string): { [total: string]: number } {
  const sums = { total_count_gain: 0, total_cost_gain: 0, total_count_loss: 0, total_cost_loss: 0 }
  for (const line of linesOf(context, id).filter((each) => isPosted(context, each))) {
    const variance = amountIn(line, 'received') - amountIn(line, 'count')
    const side = variance > 0 ? 'gain' : 'loss'
    sums[`total_count_${side}`] += Math.abs(variance)
    sums[`total_cost_${side}`] += Math.abs(variance) * amountIn(line, 'cost')
  }
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, Math.round(sum * 100_000) / 100_000]))
}

/** An uncounted product of the count is posted as zero: that is Lightspeed's way. */
const isPosted = ({ judgments }: SimContext, line: Row): boolean =>
  line['is_included'] === true || (judgments.unplannedCountsPosted && line['_counted'] === true)

/** Sets what is on hand to what was counted, a little later, product by product. */
export function postCount(context: SimContext, id: string): void {
  context.afterDelay(context.judgments.lineProcessingMs, () => postLines(context, id, unposted(context, id)))
}

const unposted = (context: SimContext, id: string): string[] =>
  linesOf(context, id)
    .filter((line) => isPosted(context, line) && line['status'] !== 'STOCKTAKE_SUCCESS')
    .map((line) => line.id)

function postLines(context: SimContext, id: string, lineIds: string[]): void {
  const count = consignmentOf(context, id)
  if (!count) return
  for (const lineId of lineIds.slice(0, batch)) {
    const line = context.store.get('consignment_products', lineId)
    if (line) postLine(context, count, line)
  }
  const rest = lineIds.slice(batch)
  if (rest.length > 0) context.afterDelay(0, () => postLines(context, id, rest))
}

function postLine(context: SimContext, count: Row, line: Row): void {
  const place = { productId: idIn(line, 'product_id'), outletId: idIn(count, 'outlet_id') }
  const [expected, counted] = [amountIn(line, 'count'), amountIn(line, 'received')]
  const now = levelOf(context, place.productId, place.outletId)
  const level = context.judgments.stocktakePosts === 'absolute' ? counted : now + counted - expected
  if (context.store.get('products', place.productId)?.['has_inventory'] === true && level !== now) {
    setInventory(context, place, { level })
  }
  putLine(context, { ...line, status: 'STOCKTAKE_SUCCESS' })
}

/** Takes up the counts that a simulator which was stopped left half filled or half posted. */
export function resumeCounts(context: SimContext): void {
  const rows = context.store.list('consignments', { after: lastSeededVersion, limit: Infinity, deleted: false })
  for (const row of rows) {
    if (statusOf(row) === 'STOCKTAKE_IN_PROGRESS') fillCount(context, row.id)
    if (statusOf(row) === 'STOCKTAKE_COMPLETE' && unposted(context, row.id).length > 0) postCount(context, row.id)
  }
}
