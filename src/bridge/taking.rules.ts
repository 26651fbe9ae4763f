import type { Facts, Status, Step, Type } from '../consignments/lifecycle.rules.ts'
import { mayEdit } from '../consignments/editing.rules.ts'
import { observe } from '../consignments/observing.rules.ts'
import { readDecimal } from '../kernel/decimal.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'
import type { Snapshot } from './merging.rules.ts'
import type { WantedLine } from './sides.rules.ts'

/** `agreed`: the status at which Lightspeed was when both sides last agreed; there it only waits for our push. */
export type Ours = {
  type: Type
  status: Status
  facts: Facts
  lines: readonly WantedLine[]
  agreed: string | null
}

/** What there is to do so that a document is as Lightspeed has it, and what the law does not let be done, in words. */
export type Taking = {
  /** Planned quantities that become another. */
  counts: { productId: string; quantity: Quantity }[]
  /** Products that only Lightspeed has. */
  added: { productId: string; quantity: Quantity }[]
  steps: Step['to'][]
  arrived: { productId: string; received: Quantity }[]
  outOfReach: string[]
}

/** Statuses first found lawful; then what each line would need at the status where it would be done. */
export function takingOf(ours: Ours, theirs: Snapshot): Taking {
  const { steps, refused } = stepsTo(ours, theirs)
  const end = steps.at(-1) ?? ours.status
  const lines = Object.entries(theirs.lines).map(([productId, line]) => ({
    productId,
    count: scaled(line.count),
    received: scaled(line.received ?? '0'),
  }))
  const known = new Map(ours.lines.map((line) => [line.productId, line]))
  const there = new Set(lines.map(({ productId }) => productId))
  const gone = ours.lines.filter(({ productId, count }) => count !== 0n && !there.has(productId))
  const counts = [
    ...lines.filter(({ productId, count }) => (known.get(productId)?.count ?? count) !== count),
    ...gone.map(({ productId }) => ({ productId, count: 0n, received: 0n })),
  ].map(({ productId, count: quantity }) => ({ productId, quantity }))
  const added = lines
    .filter(({ productId, count, received }) => !known.has(productId) && (count !== 0n || received !== 0n))
    .map(({ productId, count: quantity }) => ({ productId, quantity }))
  const arrived = lines.filter(({ productId, received }) => received !== (known.get(productId)?.received ?? 0n))
  const taking = { counts, added, steps, arrived }
  return { ...taking, outOfReach: [...refused, ...hindrances(ours, end, taking)] }
}

function stepsTo({ type, status, facts, agreed }: Ours, theirs: Snapshot): { steps: Status[]; refused: string[] } {
  const remote = theirs.status ?? ''
  if (remote === 'CANCELLED') return { steps: status === 'CANCELLED' ? [] : ['CANCELLED'], refused: [] }
  const remoteHasReceived = Object.values(theirs.lines).some(({ received }) => scaled(received ?? '0') > 0n)
  const seen = observe({ type, status, facts, remote, agreed, remoteHasReceived })
  if (seen.kind === 'agrees' || seen.kind === 'awaits_push') return { steps: [], refused: [] }
  if (seen.kind === 'forward') return { steps: seen.steps.map(({ to }) => to), refused: [] }
  const why = seen.kind === 'unknown' ? 'nobody knows what that means' : `from ${status} no step leads there`
  return { steps: [], refused: [`Lightspeed says ${remote}: ${why}`] }
}

function hindrances(
  { type, status }: Ours,
  end: Status,
  { counts, added, arrived }: Omit<Taking, 'outOfReach'>,
): string[] {
  if (end === 'CANCELLED') return []
  const receives = mayEdit({ type, status: end }, 'received')
  const plans = mayEdit({ type, status }, 'change_line')
  return [
    ...(plans ? [] : counts.map(({ productId }) => `the quantity of ${productId} cannot be changed any more`)),
    ...(mayEdit({ type, status }, 'add_line') || mayEdit({ type, status: end }, 'add_unexpected')
      ? []
      : added.map(({ productId }) => `${productId} cannot be added any more`)),
    ...(receives ? [] : arrived.map(({ productId }) => `nothing can be received of ${productId} now`)),
  ]
}

function scaled(text: string): bigint {
  return readDecimal(text, quantityPlaces) ?? 0n
}
