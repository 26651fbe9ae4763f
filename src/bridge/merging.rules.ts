import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'
import { fieldNames, headerFields, isSameField, type HeaderField } from './header.rules.ts'
import { wayTo } from './lawful-lines.rules.ts'
import type { Header, RemoteType, There, Wanted } from './sides.rules.ts'

/** A side in brief, as it is kept: amounts as plain decimals. */
export type Snapshot = {
  status: string | null
  lines: Record<string, { count: string; received: string | null }>
  /** Absent in what was kept before headers were. */
  header?: Brief | undefined
}

type Brief = Record<HeaderField, string | null>

export function snapshotOf({ status, lines, header }: Pick<Wanted | There, 'status' | 'lines' | 'header'>): Snapshot {
  const entries = lines.map(({ productId, count, received }) => [
    productId,
    { count: say(count), received: received === null ? null : say(received) },
  ])
  const { type: _, ...brief } = header
  return { status, header: brief, lines: Object.fromEntries(entries) }
}

export type Known = {
  /** What both sides had when they last agreed; null if they never did. */
  agreed: Snapshot | null
  /** What we have tried to bring about since, the push at hand included. */
  attempted: readonly Snapshot[]
}

/** Something about a line that neither both sides had nor we have tried to write. */
export type Foreign = { productId: string } & (
  | { kind: 'gone' }
  | { kind: 'count'; now: Quantity }
  | { kind: 'received'; now: Quantity }
)

/**
 * What somebody else has changed of the lines in Lightspeed; none where all that is there is what both sides had, or what
 * we have tried to write since. A quantity that was added twice is our own doing too: an answer was lost.
 */
export function foreignLines(there: Pick<There, 'lines'>, known: Known): Foreign[] {
  const ids = new Set([...there.lines.map(({ productId }) => productId), ...Object.keys(known.agreed?.lines ?? {})])
  return [...ids].flatMap((id) => foreignLine(id, there, known))
}

export type ForeignField = { field: HeaderField; now: string | null }

/** What somebody else has changed of the header; of what we do not set, and of what nobody kept, nothing is said. */
export function foreignFields(there: Pick<There, 'header'>, ours: Header, known: Known): ForeignField[] {
  const kept = [known.agreed, ...known.attempted].flatMap((side) => side?.header ?? [])
  const isKnown = known.agreed === null || known.agreed.header !== undefined
  if (!isKnown || kept.length === 0) return []
  return headerFields.flatMap((field) => {
    const now = there.header[field]
    const isOwn = ours[field] === null || kept.some((header) => isSameField(field, header[field], now))
    return isOwn ? [] : [{ field, now }]
  })
}

export function sayForeignField({ field, now }: ForeignField): string {
  return `the ${fieldNames[field]} was ${now === null || now === '' ? 'taken away' : `changed to ${now}`} in Lightspeed`
}

/** Whether a status may be ours: both sides had it, or the way of something that we tried leads through it. */
export function isOwnStatus({ header: { type }, status }: There, { agreed, attempted }: Known): boolean {
  const from = agreed?.status ?? null
  return status === from || attempted.some(({ status: to }) => to !== null && passes({ type, from, to }, status))
}

function passes({ type, from, to }: { type: RemoteType; from: string | null; to: string }, status: string): boolean {
  const start = from ?? (type === 'STOCKTAKE' ? 'STOCKTAKE_SCHEDULED' : 'OPEN')
  return start === status || to === status || wayTo(type, start, to)?.includes(status) === true
}

export function sayForeign(foreign: Foreign): string {
  const { kind, productId } = foreign
  if (kind === 'gone') return `${productId} was taken out in Lightspeed`
  if (kind === 'count') return `the count of ${productId} was changed to ${say(foreign.now)} in Lightspeed`
  return `${say(foreign.now)} of ${productId} were received in Lightspeed`
}

/** Whether we have said of a product that some of it came, other than what both sides had. */
export function isCountedByUs(productId: string, received: Quantity | null, { agreed, attempted }: Known): boolean {
  const before = scaled(agreed?.lines[productId]?.received ?? '0')
  const said = attempted.flatMap(({ lines }) => lines[productId]?.received ?? [])
  return [received ?? before, ...said.map(scaled)].some((amount) => amount !== before)
}

function foreignLine(id: string, there: Pick<There, 'lines'>, { agreed, attempted }: Known): Foreign[] {
  const now = there.lines.find(({ productId }) => productId === id)
  const before = agreed?.lines[id]
  const goals = attempted.map(({ lines }) => lines[id])
  const mayBeGone = !before || goals.some((goal) => !goal || scaled(goal.count) === 0n)
  if (!now) return mayBeGone ? [] : [{ kind: 'gone', productId: id }]
  const counts = ownAmounts(
    before?.count,
    goals.map((goal) => goal?.count ?? '0'),
  )
  const received = ownAmounts(
    before?.received,
    goals.map((goal) => goal?.received),
  )
  return [
    ...(counts.has(now.count) ? [] : [{ kind: 'count', productId: id, now: now.count } as const]),
    ...(received.has(now.received) ? [] : [{ kind: 'received', productId: id, now: now.received } as const]),
  ]
}

/** Every amount that can be there without anybody else: before, as we wished, and one wish on top of another or of itself. */
function ownAmounts(before: string | null | undefined, wishes: readonly (string | null | undefined)[]): Set<bigint> {
  const base = scaled(before ?? '0')
  const wished = wishes.flatMap((wish) => (wish === null || wish === undefined ? [] : [scaled(wish)]))
  return new Set([base, ...wished, ...wished.flatMap((wish) => [base + wish, wish + wish])])
}

function scaled(text: string): bigint {
  return readDecimal(text, quantityPlaces) ?? 0n
}

function say(amount: bigint): string {
  return sayDecimal(amount, quantityPlaces)
}
