import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

type Product = { productId: string; sku: string | null; name: string | null }
type Money = { amount: string; currency: string } | null

const line: Column = { title: 'Line' }
const sku: Column = { title: 'SKU' }
const name: Column = { title: 'Name', gives: true }

function toTheRight(title: string): Column {
  return { title, align: 'right' }
}

export type Scope = {
  number: string
  status: string
  full: boolean
  filters: readonly { type: string; value: string }[]
  blind: boolean
  tolerance: string
  dailyOn: string | null
  frozenAt: string | null
  products: number
}

/** What a count is about, in a few lines. */
export function scopeLines(scope: Scope): string {
  const filters = scope.filters.map(({ type, value }) => `${type} ${value}`)
  const about = scope.full ? 'everything' : filters.length > 0 ? filters.join(', ') : 'what was put in by hand'
  return [
    `${scope.number} is ${scope.status}: ${scope.products} products`,
    `About ${about}${scope.blind ? ', blind' : ''}${scope.tolerance === '0' ? '' : `, right within ${scope.tolerance}`}`,
    ...(scope.dailyOn === null ? [] : [`The list of ${scope.dailyOn}`]),
    scope.frozenAt === null ? 'Not frozen yet' : `Frozen at ${scope.frozenAt}`,
  ].join('\n')
}

type Counted = Product & {
  lineId: string
  counted: string | null
  counters: readonly string[]
  decision: string | null
}

/** Lines with what was counted of them. */
export function countLines(screen: Screen, rows: readonly Counted[]): string {
  const columns = [sku, name, toTheRight('Counted'), { title: 'By', gives: true }, { title: 'Decided' }, line]
  const cells = rows.map((row) => [
    row.sku ?? row.productId,
    oneLine(row.name ?? ''),
    row.counted ?? '',
    row.counters.join(' '),
    row.decision ?? '',
    row.lineId,
  ])
  return table(screen, columns, cells)
}

/** Lines that nobody has counted. */
export function openLines(screen: Screen, rows: readonly (Product & { lineId: string })[]): string {
  const cells = rows.map((row) => [row.sku ?? row.productId, oneLine(row.name ?? ''), row.lineId])
  return table(screen, [sku, name, line], cells)
}

type Recount = Product & { lineId: string; reason: string | null; isDone: boolean; quantity: string | null }

/** Second looks, those still to do first. */
export function recountLines(screen: Screen, rows: readonly Recount[]): string {
  if (rows.length === 0) return 'There are none.'
  const columns = [sku, name, { title: 'State' }, toTheRight('Found'), { title: 'Why', gives: true }, line]
  const cells = rows.map((row) => [
    row.sku ?? row.productId,
    oneLine(row.name ?? ''),
    row.isDone ? 'done' : 'to do',
    row.quantity ?? '',
    oneLine(row.reason ?? ''),
    row.lineId,
  ])
  return table(screen, columns, cells)
}

type Variance = Product & {
  lineId: string
  basis: string
  expected: string
  counted: string | null
  variance: string
  cost: Money
}

/** What differs. */
export function varianceLines(screen: Screen, rows: readonly Variance[]): string {
  const columns = [
    sku,
    name,
    toTheRight('Expected'),
    toTheRight('Counted'),
    toTheRight('Variance'),
    toTheRight('Cost'),
    line,
  ]
  const cells = rows.map((row) => [
    row.sku ?? row.productId,
    oneLine(row.name ?? ''),
    row.expected,
    row.counted ?? row.basis,
    row.variance,
    amountOf(row.cost),
    row.lineId,
  ])
  return table(screen, columns, cells)
}

type Becoming = Product & { onHand: string; adjustment: string; becomes: string }

/** What the stock would become. */
export function becomingLines(screen: Screen, rows: readonly Becoming[]): string {
  const columns = [sku, name, toTheRight('On hand'), toTheRight('Adjustment'), toTheRight('Becomes')]
  const cells = rows.map((row) => [
    row.sku ?? row.productId,
    oneLine(row.name ?? ''),
    row.onHand,
    row.adjustment,
    row.becomes,
  ])
  return table(screen, columns, cells)
}

type Totals = { counted: number; differing: number; left: number; gross: Money; accuracyPercent: number | null }

/** The sums in a sentence. */
export function totalsLine({ counted, differing, left, gross, accuracyPercent }: Totals): string {
  const share = accuracyPercent === null ? '' : `, ${accuracyPercent} % right`
  const cost = gross === null ? '' : `, gains and losses together ${amountOf(gross)}`
  return `${counted} counted, ${differing} differ, ${left} left as they are${share}${cost}`
}

function amountOf(money: Money): string {
  return money === null ? '' : `${money.amount} ${money.currency}`
}
