import { readQuantity, sayQuantity, type Quantity } from '../kernel/quantity.ts'

/** A line of a document, as far as packing asks. */
export type PackLine = { lineId: string; productId: string; planned: Quantity; packed: Quantity }

export type Adding = { lineId: string; quantity: Quantity }

/** How much goes to each line: several scans of one product add up. */
export function summed(adds: readonly Adding[]): Adding[] {
  const sums = new Map<string, Quantity>()
  for (const { lineId, quantity } of adds) sums.set(lineId, (sums.get(lineId) ?? 0n) + quantity)
  return [...sums].map(([lineId, quantity]) => ({ lineId, quantity }))
}

/** What is wrong with packing so much of a line; undefined where nothing is. */
export function tooMuch({ packed }: Pick<PackLine, 'packed'>, more: Quantity): string | undefined {
  const read = readQuantity(sayQuantity(packed + more))
  return 'wrong' in read ? `${sayQuantity(packed)} are packed already; ${read.wrong}` : undefined
}

/** A stored quantity; decimals as PostgreSQL writes them. */
export function quantityOf(numeric: string): Quantity {
  const read = readQuantity(numeric)
  if ('quantity' in read) return read.quantity
  throw new Error(`The database holds the quantity ${numeric}: ${read.wrong}`)
}
