import { readDecimal, roundTo, sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'

/** What is counted of one product stays below this. */
export const mostCounted = 1_000_000
const mostQuantity = BigInt(mostCounted) * 10n ** BigInt(quantityPlaces)

const aheadMs = 5 * 60_000

/** When somebody counted, by our clock; what is wrong with it comes as words. */
export function onOurClock(
  at: Date,
  { sentAt, now }: { sentAt: Date | undefined; now: Date },
): { at: Date } | { wrong: string } {
  const ahead = sentAt === undefined ? 0 : sentAt.getTime() - now.getTime()
  const ours = at.getTime() - ahead
  if (ours > now.getTime() + aheadMs)
    return { wrong: `${at.toISOString()} has not come yet; say with sentAt what the clock there shows` }
  return { at: new Date(Math.min(ours, now.getTime())) }
}

/** So many of something that holds so many; undefined where that is too many for one count. */
export function inUnits(quantity: string, units: string): string | undefined {
  const product = roundTo(quantityOf(quantity) * quantityOf(units), 2 * quantityPlaces, quantityPlaces)
  const isLawful = product < mostQuantity && product > -mostQuantity
  return isLawful ? sayDecimal(product, quantityPlaces) : undefined
}

/** A quantity of the database, which may be below zero. */
export function quantityOf(numeric: string): Quantity {
  const value = readDecimal(numeric, quantityPlaces)
  if (value !== undefined) return value
  throw new Error(`The database holds the quantity ${numeric}`)
}

/** The same in the words of the API. */
export function plainQuantity(numeric: string): string {
  return sayDecimal(quantityOf(numeric), quantityPlaces)
}
