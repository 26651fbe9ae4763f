import type { Facts } from './assortment.ts'
import { round5, type Ground } from './ground.ts'
import { gstRate } from './money.ts'

/** One line of a sale, money in dollars without tax, to five decimals. */
export type Line = {
  product: number
  quantity: number
  price: number
  discount: number
  cost: number
  tax: number
  taxed: boolean
}

export type Status = (typeof statuses)[number][0]

/** Status, state and how many of a thousand sales have it. */
const statuses = [
  ['CLOSED', 'closed', 925],
  ['LAYBY_CLOSED', 'closed', 14],
  ['ONACCOUNT_CLOSED', 'closed', 12],
  ['SAVED', 'parked', 10],
  ['VOIDED', 'voided', 9],
  ['ONACCOUNT', 'pending', 9],
  ['LAYBY', 'pending', 8],
  ['PICKED_UP_CLOSED', 'closed', 5],
  ['DISPATCHED_CLOSED', 'closed', 4],
  ['AWAITING_PICKUP', 'pending', 2],
  ['AWAITING_DISPATCH', 'pending', 2],
] as const

/** The first sales have one status each, so that the smallest shop knows them all; the others by chance. */
export function statusOf(ground: Ground, sale: number): (typeof statuses)[number] {
  const early = sale % 3 === 1 ? statuses[Math.floor(sale / 3)] : undefined
  if (early) return early
  let rest = ground.dice('sales', sale, 1).below(1000)
  for (const entry of statuses) {
    rest -= entry[2]
    if (rest < 0) return entry
  }
  return statuses[0]
}

/** The sale whose goods come back in this one. */
export function returnedIn(ground: Ground, sale: number): number | undefined {
  const original = earlierSale(ground, sale)
  return original === undefined || earlierSale(ground, original) !== undefined ? undefined : original
}

function earlierSale(ground: Ground, sale: number): number | undefined {
  const dice = ground.dice('sales', sale, 2)
  const original = sale - 1 - dice.below(50)
  const comesBack = sale % 3 !== 1 && (sale === 20 || dice.chance(0.03))
  return comesBack && original >= 0 && statusOf(ground, original)[0] === 'CLOSED' ? original : undefined
}

/** At most six lines; those of a return are the first line of the original, taken back. */
export function linesOf(ground: Ground, sale: number, facts: (product: number) => Facts): Line[] {
  const original = returnedIn(ground, sale)
  if (original !== undefined) {
    return linesOf(ground, original, facts)
      .slice(0, 1)
      .map((line) => Object.assign({}, line, { quantity: line.quantity > 1 ? -1 : -line.quantity }))
  }
  return Array.from({ length: ground.sizes.products === 0 ? 0 : lineCount(ground, sale) }, (_, at) =>
    lineOf(ground, sale, at, facts),
  )
}

function lineCount(ground: Ground, sale: number): number {
  const chance = ground.dice('sale_line', sale).below(1000)
  return 1 + [635, 855, 935, 970, 990].filter((limit) => chance >= limit).length
}

function lineOf(ground: Ground, sale: number, at: number, facts: (product: number) => Facts): Line {
  const dice = ground.dice('sale_line', sale * 8 + at, 1)
  const popular = dice.chance(0.5) ? Math.ceil(ground.sizes.products / 8) : ground.sizes.products
  const product = dice.below(popular)
  const known = facts(product)
  const quantity = known.good.weighed ? dice.between(50, 3200) / 1000 : dice.chance(0.8) ? 1 : dice.between(2, 6)
  const discount = dice.chance(0.08) ? round5((known.priceWithoutTax * dice.between(1, 6)) / 20) : 0
  const price = round5(known.priceWithoutTax - discount)
  return {
    product,
    quantity,
    price,
    discount,
    cost: known.cost,
    tax: known.taxed ? round5(price * gstRate) : 0,
    taxed: known.taxed,
  }
}
