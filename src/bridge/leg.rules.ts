import type { Status, Type } from '../consignments/lifecycle.rules.ts'
import type { Quantity } from '../kernel/quantity.ts'
import { remoteStatuses } from '../lightspeed/status-map.rules.ts'
import type { There, Wanted, WantedLine } from './sides.rules.ts'

/** What a leg is to its document, as far as that says what Lightspeed should have of it. */
export type Part = {
  token: string
  /** What Lightspeed says now, which may be as good as what we would say. */
  thereStatus: string | null
  /** What has come is received there, though the document waits for the rest. */
  isTakenIn?: boolean
  /** Of a leg that others went before: what those brought into stock, by product. */
  later?: { carried: ReadonlyMap<string, Quantity>; isForRest: boolean }
}

const waiting: ReadonlySet<Status> = new Set(['RECEIVING', 'PARTIAL'])

/** Whether the document still waits for goods: as long as it does, a leg that is received is followed by another. */
export function isWaiting(status: Status): boolean {
  return waiting.has(status)
}

/**
 * A line of a later leg: what is still to come, and what has come since. Of a transfer nothing is expected of it, since the
 * first leg took all of it out of the stock where it comes from, and what a leg expects is taken out when it is sent.
 */
export function laterLine(
  type: Type,
  line: WantedLine,
  { carried, isForRest }: NonNullable<Part['later']>,
): WantedLine {
  const before = carried.get(line.productId) ?? 0n
  const received = line.received === null ? null : line.received - before
  const rest = isForRest ? atLeastNone(line.count - before) : atLeastNone(received ?? 0n)
  if (type === 'OUTLET_TRANSFER')
    return { ...line, received, count: 0n, ...(isForRest && rest > 0n ? { isKept: true } : {}) }
  return { ...line, received, count: rest }
}

/** `usual`: what the status of the document says by itself. */
export function statusOfLeg(
  { type, status }: { type: Type; status: Status },
  lines: readonly WantedLine[],
  { part: { thereStatus, isTakenIn = false, later }, usual }: { part: Part; usual: string | null },
): string | null {
  const hasCome = lines.some(({ received }) => received !== null && received > 0n)
  if (hasCome && isTakenIn && isWaiting(status)) return 'RECEIVED'
  if (!later || hasCome) return usual
  return isWaiting(status) && lines.some(({ count, isKept }) => count > 0n || isKept === true)
    ? statusOfRest(type, thereStatus)
    : absent(thereStatus)
}

/** A transfer's rest is told when some of it has come: Lightspeed would show that none is expected. */
function statusOfRest(type: Type, thereStatus: string | null): string | null {
  if (type === 'OUTLET_TRANSFER' && thereStatus === null) return null
  return thereStatus !== null && remoteStatuses[type].SENT?.includes(thereStatus) === true ? thereStatus : 'SENT'
}

/** Nothing came by it, and nothing will. */
function absent(thereStatus: string | null): string | null {
  return thereStatus === null ? null : 'CANCELLED'
}

function atLeastNone(amount: Quantity): Quantity {
  return amount > 0n ? amount : 0n
}

/**
 * Whether a leg that nothing can be written to any more is to be followed by another: what has come is received there and the
 * document waits for the rest, or something was amended since.
 */
export function isToBeFollowed(
  { status, isTakenIn, isLater }: { status: Status; isTakenIn: boolean; isLater: boolean },
  wanted: Wanted,
  there: There | null,
): there is There {
  if (there === null || (there.status !== 'RECEIVED' && !(isLater && there.status === 'CANCELLED'))) return false
  if (wanted.status === null || (wanted.status === 'CANCELLED' && there.status === 'CANCELLED')) return false
  return (isTakenIn && isWaiting(status)) || isAmended(wanted, there)
}

function isAmended(wanted: Wanted, there: There): boolean {
  const came = carriedBy(there)
  return wanted.lines.some(({ productId, received }) => received !== null && received !== (came.get(productId) ?? 0n))
}

/** What a leg brought into stock, by product. */
export function carriedBy(there: There): Map<string, Quantity> {
  const isIn = there.status === 'RECEIVED'
  return new Map(there.lines.flatMap(({ productId, received }) => (isIn ? [[productId, received]] : [])))
}

/** By how much less came in the end than earlier legs brought into stock: no consignment takes it out again. */
export function tooMuchIn(wanted: Wanted): { productId: string; quantity: Quantity }[] {
  return wanted.lines.flatMap(({ productId, received }) =>
    received !== null && received < 0n ? [{ productId, quantity: -received }] : [],
  )
}
