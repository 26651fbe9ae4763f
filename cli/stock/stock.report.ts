import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

type Stock = {
  productId: string
  sku: string | null
  onHand: string | null
  committed: string
  promised: string
  available: string
  inTransit: string
  onOrder: string
}

const right = (title: string): Column => ({ title, align: 'right' })
const product: Column = { title: 'Product', gives: true }

/** What there is of each product, and what is said about it elsewhere. */
export function stockLines(screen: Screen, stock: readonly Stock[]): string {
  const titles = ['On hand', 'Committed', 'Promised', 'Available', 'In transit', 'On order']
  const rows = stock.map((one) => [
    nameOf(one),
    one.onHand ?? '',
    one.committed,
    one.promised,
    one.available,
    one.inTransit,
    one.onOrder,
  ])
  return table(screen, [product, ...titles.map(right)], rows)
}

/** What a document takes, against that. */
export function checkLines(screen: Screen, lines: readonly (Stock & { wanted: string; short: string })[]): string {
  if (lines.length === 0) return 'It takes nothing.'
  const titles = ['Wanted', 'On hand', 'Available', 'Short']
  const rows = lines.map((one) => [
    nameOf(one),
    one.wanted,
    one.onHand ?? '',
    one.available,
    one.short === '0' ? '' : one.short,
  ])
  return table(screen, [product, ...titles.map(right)], rows)
}

type Lane = {
  type: string
  from: { id: string | null; name: string | null }
  to: { id: string | null; name: string | null }
  quantity: string
  value: { amount: string; currency: string } | null
  missing: string
  oldestHours: number
  count: number
}

/** One row a lane, the one with the oldest document first. */
export function laneLines(screen: Screen, lanes: readonly Lane[]): string {
  if (lanes.length === 0) return 'Nothing is under way.'
  const titles = ['Documents', 'Under way', 'Value', 'Missing', 'Oldest, hours']
  const rows = lanes.map((lane) => [
    placeOf(lane.from),
    placeOf(lane.to),
    String(lane.count),
    lane.quantity,
    lane.value === null ? '' : `${lane.value.amount} ${lane.value.currency}`,
    lane.missing,
    String(lane.oldestHours),
  ])
  return table(screen, [{ title: 'From', gives: true }, { title: 'To', gives: true }, ...titles.map(right)], rows)
}

function nameOf({ sku, productId }: Stock): string {
  return oneLine(sku ?? productId)
}

function placeOf({ id, name }: { id: string | null; name: string | null }): string {
  return oneLine(name ?? id ?? '')
}
