import type { Type } from '../consignments/lifecycle.rules.ts'
import type { Quantity } from '../kernel/quantity.ts'

export const kinds = [
  'short',
  'over',
  'damaged_in_transit',
  'damaged_in_store',
  'wrong_item',
  'expired',
  'lost',
] as const

export type Kind = (typeof kinds)[number]

/** What came and cannot be used, by reason. */
type Unusable = Readonly<Record<'damaged_in_transit' | 'damaged_in_store' | 'expired', Quantity>>

/** A line as far as it can differ. `received` is all that came, also what is damaged or wrong; null: nobody counted. */
export type Counted = {
  lineId: string
  quantity: Quantity
  packed: Quantity
  received: Quantity | null
  wrongItems: Quantity
  unusable: Unusable
}

/** Actual less expected: below zero where something is missing. Never 0. */
export type Variance = { lineId: string; kind: Kind; quantity: Quantity }

/**
 * What a document's lines differ by. Of each line they come to: received, less what was expected, less what cannot be used.
 * While more may still come (`isFinal` false) nothing is short, and nothing over is waited for.
 */
export function variancesOf(type: Type, lines: readonly Counted[], isFinal: boolean): Variance[] {
  if (type !== 'PURCHASE_ORDER' && type !== 'OUTLET_TRANSFER') return []
  const wasPacked = lines.some(({ packed }) => packed > 0n)
  return lines.flatMap((line) => {
    const expected = type === 'OUTLET_TRANSFER' && wasPacked ? line.packed : line.quantity
    return ofLine(line, { expected, missing: type === 'OUTLET_TRANSFER' ? 'lost' : 'short', isFinal })
  })
}

type Expectation = { expected: Quantity; missing: 'lost' | 'short'; isFinal: boolean }

function ofLine({ lineId, received, wrongItems, unusable }: Counted, { expected, missing, isFinal }: Expectation) {
  const difference = (received ?? 0n) - wrongItems - expected
  const amounts: readonly (readonly [Kind, Quantity])[] = [
    [missing, difference < 0n && isFinal ? difference : 0n],
    ['over', difference > 0n ? difference : 0n],
    ['wrong_item', wrongItems],
    ['damaged_in_transit', -unusable.damaged_in_transit],
    ['damaged_in_store', -unusable.damaged_in_store],
    ['expired', -unusable.expired],
  ]
  return amounts.flatMap(([kind, quantity]) => (quantity === 0n ? [] : [{ lineId, kind, quantity }]))
}
