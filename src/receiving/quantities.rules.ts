import { readQuantity, sayQuantity, type Quantity } from '../kernel/quantity.ts'

export const one: Quantity = 100_000n

/** A quantity as the database holds it, below zero too. */
export function quantityIn(numeric: string): Quantity {
  const isBelow = numeric.startsWith('-')
  const read = readQuantity(isBelow ? numeric.slice(1) : numeric)
  if ('wrong' in read) throw new Error(`The database holds the quantity ${numeric}: ${read.wrong}`)
  return isBelow ? -read.quantity : read.quantity
}

/** The same as people read it. */
export function plain(numeric: string): string {
  return sayQuantity(quantityIn(numeric))
}

/** A number of codes, each standing for some units of a product; undefined where five places do not hold it. */
export function inUnits(times: Quantity, units: Quantity): Quantity | undefined {
  const product = times * units
  return product % one === 0n ? product / one : undefined
}
