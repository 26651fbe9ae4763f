import { collections, type Collection } from '../store.ts'
import { hash } from './random.ts'

const lanes = 32
const lastSlot = 200_000_000

/** The part of the retailer's history, from 0 to 1, in which the rows of a collection were last changed. */
const spans: { [collection in Collection]?: readonly [from: number, to: number] } = {
  taxes: [0.0002, 0.05],
  outlets: [0.001, 0.6],
  users: [0.002, 0.97],
  payment_types: [0.0005, 0.3],
  customer_groups: [0.0003, 0.4],
  variant_attributes: [0.01, 0.3],
  product_types: [0.005, 0.7],
  brands: [0.005, 0.9],
  suppliers: [0.005, 0.9],
  tags: [0.005, 0.9],
  price_books: [0.0004, 0.8],
  registers: [0.1, 0.999],
  products: [0.02, 0.998],
  price_book_products: [0.02, 0.998],
  outlet_taxes: [0.02, 0.9],
  inventory: [0.05, 0.9999],
  customers: [0.01, 0.9999],
  sales: [0.01, 0.9999],
  consignments: [0.02, 0.9998],
  consignment_products: [0.02, 0.9998],
}

/** The version of the last thing that happened before the simulator started: above every seeded row, beyond 32 bits. */
export const lastSeededVersion = lanes * lastSlot + lanes - 1

/** Versions of one collection: ascending with its index, with gaps, never the same as one of another collection. */
export type Versions = { of(index: number): number; indexAfter(version: number): number }

export function openVersions(seed: number, collection: Collection, count: number): Versions {
  const lane = collections.indexOf(collection)
  const [from, to] = spans[collection] ?? [0, 1]
  const start = Math.floor(from * lastSlot)
  const width = Math.floor((to - from) * lastSlot)
  const slack = Math.max(1, Math.floor(width / Math.max(1, count)))

  const of = (index: number) => {
    const slot = start + Math.floor((index * width) / count) + (hash(seed, 2000 + lane, index) % slack)
    return slot * lanes + lane
  }

  return {
    of,
    indexAfter(version) {
      const guess = Math.floor(((version / lanes - start) * count) / width)
      let index = Math.min(Math.max(0, guess), count)
      while (index > 0 && of(index - 1) > version) index--
      while (index < count && of(index) <= version) index++
      return index
    },
  }
}
