import { quantityPlaces } from '../kernel/quantity.ts'
import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import { wayTo } from './lawful-lines.rules.ts'
import type { RemoteType, There, Wanted } from './sides.rules.ts'

/** A side in brief, as it is kept: amounts as plain decimals. */
export type Snapshot = { status: string | null; lines: Record<string, { count: string; received: string | null }> }

export function snapshotOf({ status, lines }: Pick<Wanted | There, 'status' | 'lines'>): Snapshot {
  const entries = lines.map(({ productId, count, received }) => [
    productId,
    { count: say(count), received: received === null ? null : say(received) },
  ])
  return { status, lines: Object.fromEntries(entries) }
}

type Known = {
  /** What both sides had when they last agreed; null if they never did. */
  agreed: Snapshot | null
  /** What we have tried to bring about since, the push at hand included. */
  attempted: readonly Snapshot[]
}

/**
 * What somebody else has changed in Lightspeed, in words; none where all that is there is what both sides had, or what we
 * have tried to write since. A quantity that was added twice is our own doing too: an answer was lost.
 */
export function foreignChanges(there: There, { agreed, attempted }: Known): string[] {
  const said = isForeignStatus(there, { agreed, attempted })
    ? [`Lightspeed says ${there.status}, where it was ${agreed?.status ?? 'not there'}`]
    : []
  const ids = new Set([...there.lines.map(({ productId }) => productId), ...Object.keys(agreed?.lines ?? {})])
  return [...said, ...[...ids].flatMap((id) => foreignLine(id, there, { agreed, attempted }))]
}

function isForeignStatus({ header: { type }, status }: There, { agreed, attempted }: Known): boolean {
  const from = agreed?.status ?? null
  if (status === from) return false
  return !attempted.some((goal) => goal.status !== null && passes({ type, from, to: goal.status }, status))
}

/** Whether the way of a push leads through a status. */
function passes({ type, from, to }: { type: RemoteType; from: string | null; to: string }, status: string): boolean {
  const start = from ?? (type === 'STOCKTAKE' ? 'STOCKTAKE_SCHEDULED' : 'OPEN')
  return start === status || to === status || wayTo(type, start, to)?.includes(status) === true
}

function foreignLine(id: string, there: There, { agreed, attempted }: Known): string[] {
  const now = there.lines.find(({ productId }) => productId === id)
  const before = agreed?.lines[id]
  const goals = attempted.map(({ lines }) => lines[id])
  const mayBeGone = !before || goals.some((goal) => !goal || scaled(goal.count) === 0n)
  if (!now) return mayBeGone ? [] : [`${id} was taken out in Lightspeed`]
  const counts = known(
    before?.count,
    goals.map((goal) => goal?.count ?? '0'),
  )
  const received = known(
    before?.received,
    goals.map((goal) => goal?.received),
  )
  return [
    ...(counts.has(now.count) ? [] : [`the count of ${id} was changed to ${say(now.count)} in Lightspeed`]),
    ...(received.has(now.received) ? [] : [`${say(now.received)} of ${id} were received in Lightspeed`]),
  ]
}

/** Every amount that can be there without anybody else: before, as we wished, and one wish on top of another or of itself. */
function known(before: string | null | undefined, wishes: readonly (string | null | undefined)[]): Set<bigint> {
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
