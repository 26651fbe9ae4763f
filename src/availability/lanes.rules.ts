import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'

const centPlaces = 2

/** Decimals as text; `since` the oldest. */
export type Moving = {
  type: string
  fromId: string | null
  fromName: string | null
  toId: string | null
  toName: string | null
  currency: string
  hours: number
  quantity: string
  value: string
  missing: string
  missingValue: string
}

export type Lane<Document extends Moving> = Moving & { documents: Document[] }

/** Documents by the way that they take, in the order of their oldest; each lane has the age of its oldest. */
export function lanesOf<Document extends Moving>(documents: readonly Document[]): Lane<Document>[] {
  const lanes = Map.groupBy(documents, ({ type, fromId, toId, currency }) =>
    JSON.stringify([type, fromId, toId, currency]),
  )
  return [...lanes.values()].flatMap((ones) => {
    const [oldest] = ones
    if (!oldest) return []
    const { type, fromId, fromName, toId, toName, currency } = oldest
    return {
      type,
      fromId,
      fromName,
      toId,
      toName,
      currency,
      hours: Math.max(...ones.map(({ hours }) => hours)),
      quantity: sum(ones, 'quantity', quantityPlaces),
      value: sum(ones, 'value', centPlaces, centPlaces),
      missing: sum(ones, 'missing', quantityPlaces),
      missingValue: sum(ones, 'missingValue', centPlaces, centPlaces),
      documents: ones,
    }
  })
}

type Decimal = 'quantity' | 'value' | 'missing' | 'missingValue'

function sum(ones: readonly Moving[], column: Decimal, places: number, least = 0): string {
  const exact = ones.reduce((total, one) => total + (readDecimal(one[column], places) ?? 0n), 0n)
  return sayDecimal(exact, places, least)
}
