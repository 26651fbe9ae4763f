import { readDecimal, roundTo } from '../kernel/decimal.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'

/** How we know what one of a product weighs: Lightspeed says so, it is the average of its category, or nobody knows. */
export const weightSources = ['product', 'category', 'default'] as const

const gramPlaces = 3

/** What so many of something weigh, in whole grams; `gramsOfOne` as decimal text. */
export function gramsOf(items: readonly { quantity: Quantity; gramsOfOne: string }[]): number {
  const exact = items.reduce((sum, { quantity, gramsOfOne }) => sum + quantity * gramsIn(gramsOfOne), 0n)
  return Number(roundTo(exact, quantityPlaces + gramPlaces, 0))
}

function gramsIn(text: string): bigint {
  const grams = readDecimal(text, gramPlaces)
  if (grams !== undefined) return grams
  throw new Error(`The database holds the weight ${text}`)
}
