import { readQuantity, sayQuantity, type Quantity } from '../kernel/quantity.ts'

/** In what state something arrived. What is not good is received, and does not go into stock. */
export const conditions = ['good', 'damaged_in_transit', 'damaged_in_store', 'expired', 'wrong_item'] as const

export type Condition = (typeof conditions)[number]

/** How many in each condition. */
export type Sums = { readonly [In in Condition]: Quantity }

const nothing: Sums = { good: 0n, damaged_in_transit: 0n, damaged_in_store: 0n, expired: 0n, wrong_item: 0n }

/** What is known of one product of a document, or of one code that nobody knows, before a scan of it. */
export type Tally = {
  lineId: string | null
  /** Somebody ordered it. */
  isPlanned: boolean
  expected: Quantity
  /** In the document: all its deliveries, and what was amended. */
  counted: Sums
  /** In the delivery that is scanned. */
  here: Sums
}

/** Of what nobody ordered and nobody scanned yet. */
export const fresh: Tally = { lineId: null, isPlanned: false, expected: 0n, counted: nothing, here: nothing }

export type Counted = {
  productId: string | null
  code: string | null
  /** Of the product; below zero takes back. */
  quantity: Quantity
  condition: Condition
}

/** What the one who scans is told. Each is kept; `over`, `not_on_order` and `unknown` are warnings. */
export type Told = 'counted' | 'over' | 'not_on_order' | 'unknown'

export type Judged = { state: Told; tally: Tally } | { wrong: string }

/** What a scan comes to. Wrong is only what takes more back than there is, or adds up to what is no quantity. */
export function judge({ productId, quantity, condition }: Counted, tally: Tally): Judged {
  const counted = added(tally.counted, condition, quantity)
  const here = added(tally.here, condition, quantity)
  if (here[condition] < 0n) return takesTooMuch(tally.here[condition])
  if (counted[condition] < 0n) return takesTooMuch(tally.counted[condition])
  const sum = readQuantity(sayQuantity(total(counted)))
  if ('wrong' in sum) return { wrong: `together with what is counted already ${sum.wrong}` }
  return { state: stateOf({ productId, quantity, tally, sum: sum.quantity }), tally: { ...tally, counted, here } }
}

/** All that arrived, in whatever condition. */
export function total(sums: Sums): Quantity {
  return conditions.reduce((sum, condition) => sum + sums[condition], 0n)
}

/** What arrived and cannot be sold. */
export function damaged(sums: Sums): Quantity {
  return total(sums) - sums.good
}

/** What is told apart while counting: a product, or a code that nobody knows. */
export function subjectOf({ productId, code }: Pick<Counted, 'productId' | 'code'>): string {
  return productId === null ? `code ${code ?? ''}` : `product ${productId}`
}

function added(sums: Sums, condition: Condition, quantity: Quantity): Sums {
  return { ...sums, [condition]: sums[condition] + quantity }
}

function takesTooMuch(there: Quantity): Judged {
  return { wrong: `takes back more than was counted here, which is ${sayQuantity(there)}` }
}

type Stated = { productId: string | null; quantity: Quantity; tally: Tally; sum: Quantity }

function stateOf({ productId, quantity, tally, sum }: Stated): Told {
  if (productId === null) return 'unknown'
  if (!tally.isPlanned) return 'not_on_order'
  return quantity > 0n && sum > tally.expected ? 'over' : 'counted'
}

/** A word of the database, whose check holds it to these. */
export function conditionOf(word: string): Condition {
  const condition = conditions.find((one) => one === word)
  if (condition !== undefined) return condition
  throw new Error(`The database holds the condition ${word}`)
}
