import { readDecimal, sayDecimal, type Scaled } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'

/** What Lightspeed takes as the reason of an adjustment: those that take away, those that add. */
const down = ['DAMAGE', 'EXPIRY', 'INTERNAL_USE', 'THEFT', 'DONATION']
const up = ['STOCK_FOUND', 'SAMPLE_FOR_SALE']

/** JUDGMENT: what Lightspeed is told where somebody gave a reason in other words, which stay with us. */
const otherwise = { down: 'INTERNAL_USE', up: 'STOCK_FOUND' } as const

/** One place and what is wanted there: so many more or fewer (`by`), or so many at all (`to`); decimals as text. */
export type Item = { productId: string; outletId: string; reason: string | null } & (
  | { by: string; to?: never }
  | { to: string; by?: never }
)

/** An item as it was asked for. `id`: of Lightspeed's adjustment, once it is known. */
export type Adjustment = {
  productId: string
  outletId: string
  quantity: string
  reason: string
  id: string | null
}

/** The reason in Lightspeed's words, for a change by so many; what somebody wrote otherwise stands for the usual one. */
export function reasonFor(given: string | null, change: Scaled): string {
  const code = given === null ? '' : codeOf(given)
  if ([...down, ...up].includes(code)) return code
  return change < 0n ? otherwise.down : otherwise.up
}

/** What is wrong with a reason for such a change, in words that fit behind the name of the field; or nothing. */
export function wrongReason(given: string | null, change: Scaled): string | undefined {
  const code = given === null ? '' : codeOf(given)
  if (down.includes(code) && change > 0n) return `${given} takes away, and this adds`
  if (up.includes(code) && change < 0n) return `${given} adds, and this takes away`
  return undefined
}

function codeOf(given: string): string {
  return given
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, '_')
}

/** By how many a level has to change; a level that nobody knows is none. */
export function changeOf(item: Item, level: Scaled): Scaled {
  return item.by === undefined ? amountOf(item.to) - level : amountOf(item.by)
}

export function amountOf(said: string): Scaled {
  const amount = readDecimal(said, quantityPlaces)
  if (amount !== undefined) return amount
  throw new Error(`The amount ${said} cannot be kept exactly`)
}

export function sayAmount(amount: Scaled): string {
  return sayDecimal(amount, quantityPlaces)
}

/** An adjustment as Lightspeed lists it. */
export type Listed = { id: string; productId: string; outletId: string; quantity: string; reason: string | null }

/**
 * The same adjustments with the ids of those that are listed. What was `known` before these were asked for is none of them,
 * and each listed one stands for one.
 */
export function matched(
  asked: readonly Adjustment[],
  listed: readonly Listed[],
  known: readonly string[],
): Adjustment[] {
  const taken = new Set(known)
  for (const { id } of asked) if (id !== null) taken.add(id)
  return asked.map((one) => {
    if (one.id !== null) return one
    const found = listed.find((other) => !taken.has(other.id) && isSame(one, other))
    if (!found) return one
    taken.add(found.id)
    return { ...one, id: found.id }
  })
}

export function isSame(one: Omit<Adjustment, 'id'>, other: Listed): boolean {
  return (
    one.productId === other.productId &&
    one.outletId === other.outletId &&
    one.reason === other.reason &&
    amountOf(one.quantity) === amountOf(other.quantity)
  )
}

/** One product at one outlet, by name. */
export function placeOf({ productId, outletId }: { productId: string; outletId: string }): string {
  return `stock:${productId}:${outletId}`
}
