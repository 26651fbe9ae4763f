import type { Status, Step, Type } from '../consignments/lifecycle.rules.ts'
import type { Quantity } from '../kernel/quantity.ts'
import type { There } from './sides.rules.ts'

/** What an order in Lightspeed still lacks, by product. */
export function shortOf({ lines }: Pick<There, 'lines'>): Map<string, Quantity> {
  return new Map(
    lines.flatMap(({ productId, count, received }) => (count > received ? [[productId, count - received]] : [])),
  )
}

/**
 * Whether a consignment is what Lightspeed makes of an order that was received in part: a new one, marked as sent, for the same
 * outlet and supplier, with exactly what the other lacks. JUDGMENT: nothing in it names the other one.
 */
export function isRestOf(there: There, candidate: There): boolean {
  const short = shortOf(there)
  return (
    mayBeRestOf(there, candidate) &&
    candidate.lines.length === short.size &&
    candidate.lines.every(({ productId, count, received }) => received === 0n && short.get(productId) === count)
  )
}

/** As far as its header tells. */
export function mayBeRestOf(there: Omit<There, 'lines'>, candidate: Omit<There, 'lines'>): boolean {
  const [one, other] = [there.header, candidate.header]
  return (
    candidate.status === 'SENT' &&
    candidate.id !== there.id &&
    one.type === 'SUPPLIER' &&
    other.type === 'SUPPLIER' &&
    other.outletId === one.outletId &&
    other.supplierId === one.supplierId
  )
}

/** The way of a document whose rest goes on: to where it waits for more, unless a delivery of it is being counted here. */
export function stepsToWaiting(
  type: Type,
  status: Status,
  { steps, hasArrived, isCounted }: { steps: readonly Step[]; hasArrived: boolean; isCounted: boolean },
): Step[] {
  const way = steps.filter(({ to }) => to !== 'RECEIVED')
  if (isCounted || (status === 'PARTIAL' && !hasArrived)) return []
  return [...way, { type, from: 'RECEIVING', act: 'pause', to: 'PARTIAL' }]
}
