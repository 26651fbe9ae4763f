import { sayQuantity, type Quantity } from '../kernel/quantity.ts'

/** Why goods go back. What broke on the way is the carrier's or supplier's; what broke in the store is not. */
export const returnReasons = [
  'damaged_in_transit',
  'damaged_in_store',
  'faulty',
  'wrong_item',
  'expired',
  'overstock',
  'recall',
  'other',
] as const

export type ReturnReason = (typeof returnReasons)[number]

/** A line of a receipt as far as it can go back: what came (all of it), what of that never went into stock, what went back. */
export type Receipt = { received: Quantity; damaged: Quantity; returned: Quantity; quarantined: Quantity }

/**
 * Whether so much may still go back, and how much of it never was in stock: of goods that came damaged, expired or wrong
 * those are taken first, of others last. What is wrong comes as words that fit behind the name of the field.
 */
export function allot(
  { received, damaged, returned, quarantined }: Receipt,
  { quantity, reason }: { quantity: Quantity; reason: ReturnReason },
): { quarantined: Quantity } | { wrong: string } {
  const rest = received - returned
  if (quantity > rest)
    return {
      wrong: `only ${sayQuantity(rest > 0n ? rest : 0n)} of the ${sayQuantity(received)} that came can still go back`,
    }
  const aside = smaller(rest, larger(0n, damaged - quarantined))
  return { quarantined: cameSo.has(reason) ? smaller(quantity, aside) : larger(0n, quantity - (rest - aside)) }
}

const cameSo: ReadonlySet<ReturnReason> = new Set(['damaged_in_transit', 'damaged_in_store', 'wrong_item', 'expired'])

/** The reason that goods of a case go back for, unless somebody says another; undefined where the kind says none. */
export function reasonOfKind(kind: string): ReturnReason | undefined {
  return kind === 'over' ? 'overstock' : returnReasons.find((reason) => reason === kind)
}

function smaller(a: Quantity, b: Quantity): Quantity {
  return a < b ? a : b
}

function larger(a: Quantity, b: Quantity): Quantity {
  return a > b ? a : b
}
