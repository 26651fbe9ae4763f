import { readDecimal, roundTo, sayDecimal, type Scaled } from './decimal.ts'
import { quantityPlaces, type Quantity } from './quantity.ts'

/** Whole cents. */
export type Cents = Scaled

/** What one unit costs, in hundred-thousandths: suppliers quote fractions of a cent. */
export type UnitCost = Scaled

export type Money = { amount: string; currency: string }

const unitCostPlaces = 5
const centPlaces = 2

/** Below ten million for one unit. */
const limit = 10_000_000n * 10n ** BigInt(unitCostPlaces)

/** Reads what a unit costs; what is wrong with it comes as words that fit behind the name of its field. */
export function readUnitCost(given: string | number): { unitCost: UnitCost } | { wrong: string } {
  const unitCost = readDecimal(String(given).trim(), unitCostPlaces)
  if (unitCost === undefined)
    return { wrong: `give an amount with at most ${unitCostPlaces} places, such as "12.50", not "${given}"` }
  if (unitCost < 0n) return { wrong: `a cost is not below zero: ${given}` }
  if (unitCost >= limit) return { wrong: `a unit costs less than ten million: ${given}` }
  return { unitCost }
}

/** At least two places: "12.50", and "0.12345" where a cost has more. */
export function sayUnitCost(unitCost: UnitCost): string {
  return sayDecimal(unitCost, unitCostPlaces, centPlaces)
}

/** What a line comes to, rounded to cents once. A document's total is the sum of these, so that it adds up on paper. */
export function lineTotal(quantity: Quantity, unitCost: UnitCost): Cents {
  return roundTo(quantity * unitCost, quantityPlaces + unitCostPlaces, centPlaces)
}

/** As it goes over the wire. */
export function moneyOf(cents: Cents, currency: string): Money {
  return { amount: sayDecimal(cents, centPlaces, centPlaces), currency }
}
