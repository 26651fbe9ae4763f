import { readDecimal, sayDecimal, type Scaled } from './decimal.ts'

/** Hundred-thousandths of a unit: Lightspeed's own quantities have five places. */
export type Quantity = Scaled

export const quantityPlaces = 5

/** Below a million: whoever needs more has typed a barcode into the quantity. */
const limit = 1_000_000n * 10n ** BigInt(quantityPlaces)

/** Reads a quantity; what is wrong with it comes as words that fit behind the name of its field. */
export function readQuantity(given: string | number): { quantity: Quantity } | { wrong: string } {
  const quantity = readDecimal(String(given).trim(), quantityPlaces)
  if (quantity === undefined)
    return { wrong: `give a plain number with at most ${quantityPlaces} places, such as "12" or "0.5", not "${given}"` }
  if (quantity < 0n) return { wrong: `a quantity is not below zero: ${given}` }
  if (quantity >= limit) return { wrong: `a quantity is less than a million: ${given}` }
  return { quantity }
}

/** As plain text: "12", "0.3". */
export function sayQuantity(quantity: Quantity): string {
  return sayDecimal(quantity, quantityPlaces)
}
