import type { Facts } from './assortment.ts'
import { present, type Ground, type Source } from './ground.ts'
import { inventoryId, tailsIn } from './ids.ts'
import { shuffle } from './random.ts'
import { stamp } from './time.ts'

/** One row for each product at each outlet, in no order of products. */
export function inventory(ground: Ground, facts: (product: number) => Facts): Source {
  const { inventory: count, products, outlets, closedOutlets } = ground.sizes
  const order = shuffle(Math.max(1, count))
  const byTail = new Map(
    Array.from({ length: outlets + closedOutlets }, (_, outlet) => [ground.id('outlets', outlet).slice(-8), outlet]),
  )
  const at = (outlet: number, product: number) => {
    const place = outlet * products + product
    return product < products && place < count ? order.back(place) : undefined
  }

  return {
    count,
    row: (index) => {
      const place = order.of(index)
      const [outlet, product] = [Math.floor(place / products), place % products]
      return present({
        ...identity(ground, outlet, product),
        ...amounts(ground, index, facts(product)),
        version: ground.version('inventory', index),
        deleted_at: outlet >= outlets || facts(product).deleted ? stamp(ground.time('inventory', index)) : undefined,
      })
    },
    indexOf: (id) => {
      const tails = tailsIn(id)
      const outlet = byTail.get(tails.outlet)
      const product = ground.ids.indexFromTail('products', tails.product)
      const index = outlet === undefined ? undefined : at(outlet, product)
      return outlet !== undefined && identity(ground, outlet, product).id === id ? index : undefined
    },
    children: (productId) => {
      const product = ground.ids.indexIn('products', productId) ?? Infinity
      return Array.from({ length: outlets + closedOutlets }, (_, outlet) => at(outlet, product))
        .filter((index) => index !== undefined)
        .toSorted((one, other) => one - other)
    },
  }
}

function identity(
  ground: Ground,
  outlet: number,
  product: number,
): { id: string; product_id: string; outlet_id: string } {
  const [outletId, productId] = [ground.id('outlets', outlet), ground.id('products', product)]
  return { id: inventoryId(productId, outletId), product_id: productId, outlet_id: outletId }
}

/** Mostly a few of each; some below zero, what is sold by weight in fractions, composites none. */
function amounts(ground: Ground, index: number, facts: Facts): { [field: string]: unknown } {
  const dice = ground.dice('inventory', index)
  const whole = dice.chance(0.22)
    ? 0
    : dice.chance(0.03)
      ? -dice.between(1, 6)
      : dice.between(1, dice.chance(0.05) ? 400 : 36)
  const level = facts.composite ? 0 : facts.good.weighed && whole !== 0 ? whole + dice.below(1000) / 1000 : whole
  const reorders = dice.chance(0.4)
  return {
    inventory_level: level,
    current_amount: level,
    average_cost: Math.round(facts.cost * dice.between(94, 106)) / 100,
    reorder_point: reorders ? dice.between(1, 12) : dice.chance(0.1) ? null : undefined,
    reorder_amount: reorders ? dice.between(1, 8) * 6 : dice.chance(0.1) ? null : undefined,
  }
}
