import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'

/** How much is missing of what is wanted, "0" where nothing is; decimals as text, and what is available may be below zero. */
export function shortOf(wanted: string, available: string): string {
  const missing = exact(wanted) - exact(available)
  return sayDecimal(missing > 0n ? missing : 0n, quantityPlaces)
}

function exact(numeric: string): bigint {
  const value = readDecimal(numeric, quantityPlaces)
  if (value !== undefined) return value
  throw new Error(`The database holds the quantity ${numeric}`)
}
