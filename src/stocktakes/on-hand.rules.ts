import type { Quantity } from '../kernel/quantity.ts'

/** The change of a level that came first after a time, as the mirror saw it. */
export type NextChange = { before: Quantity; after: Quantity; at: Date }
export type Sale = { at: Date; quantity: Quantity }

/**
 * What was on hand at a time. The mirror sees a change a little after it happened: what was sold before the time and seen
 * only after it was off the shelf already when somebody counted. Such sales are known by their tills' clock, and counted
 * only where they, with the latest before the change was seen, are all of that change: then they explain it to the unit.
 */
export function onHandAt(
  at: Date,
  { level, next, sales }: { level: Quantity; next: NextChange | null; sales: readonly Sale[] },
): Quantity {
  return next ? next.before - soldBefore(at, explaining(next, sales)) : level
}

/** The latest sales before a change was seen that come to just what it changed; none where nothing comes to it. */
function explaining({ before, after, at }: NextChange, sales: readonly Sale[]): Sale[] {
  const gone = before - after
  const latest = sales.filter((sale) => sale.at <= at).toSorted((a, b) => b.at.getTime() - a.at.getTime())
  let sum = 0n
  for (const [place, { quantity }] of latest.entries()) {
    sum += quantity
    if (sum === gone) return latest.slice(0, place + 1)
  }
  return []
}

function soldBefore(at: Date, sales: readonly Sale[]): Quantity {
  return sales.reduce((sum, sale) => (sale.at <= at ? sum + sale.quantity : sum), 0n)
}
