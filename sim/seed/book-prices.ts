import type { Facts } from './assortment.ts'
import { present, round5, type Ground, type Source } from './ground.ts'
import { gst, noTax } from './money.ts'
import { shuffle } from './random.ts'
import { daysBefore, stamp } from './time.ts'

/** Prices of all products in the base book, and of each tenth product in each other book. */
export function priceBookProducts(ground: Ground, facts: (product: number) => Facts): Source {
  const { products, priceBooks } = ground.sizes
  const tenth = Math.floor(products / 10)
  const count = products + (Math.max(2, priceBooks) - 1) * tenth
  const order = shuffle(Math.max(1, count))

  return {
    count,
    row: (index) => {
      const place = order.of(index)
      const special = place - products
      return special < 0
        ? price(ground, index, { book: 0, product: place, facts: facts(place) })
        : discounted(
            ground,
            index,
            { book: 1 + Math.floor(special / tenth), product: (special % tenth) * 10 + 3 },
            facts,
          )
    },
  }
}

type Entry = { book: number; product: number; facts: Facts; factor?: number; least?: number }

function discounted(
  ground: Ground,
  index: number,
  place: { book: number; product: number },
  facts: (product: number) => Facts,
): ReturnType<typeof price> {
  const dice = ground.dice('price_book_products', index)
  const factor = dice.between(70, 95) / 100
  return price(ground, index, {
    ...place,
    facts: facts(place.product),
    factor,
    ...(dice.chance(0.2) ? { least: dice.between(3, 12) } : {}),
  })
}

function price(ground: Ground, index: number, { book, product, facts, factor = 1, least }: Entry) {
  const time = ground.time('price_book_products', index)
  const net = round5(facts.priceWithoutTax * factor)
  return present({
    id: ground.id('price_book_products', index),
    product_id: ground.id('products', product),
    price_book_id: ground.id('price_books', book),
    price: net,
    retail_tax: round5(facts.priceWithTax * factor - net),
    default_display_price: facts.priceWithTax,
    loyalty_value: index % 8 === 3 ? round5(net / 100) : index % 8 === 5 ? null : undefined,
    tax_id: ground.id('taxes', facts.taxed ? gst : noTax),
    min_units: least,
    max_units: least === undefined ? undefined : least * 10,
    created_at: stamp(daysBefore(time, 90)),
    updated_at: stamp(time),
    deleted_at: facts.deleted || index % 131 === 7 ? stamp(time) : undefined,
    version: ground.version('price_book_products', index),
  })
}
