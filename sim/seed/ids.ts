import { collections } from '../store.ts'
import { hash, hashText } from './random.ts'

/** What has ids: the collections and the things inside their rows. */
const kinds = [
  ...collections,
  'sale_line',
  'sale_payment',
  'product_image',
  'product_supplier',
  'tax_rate',
  'role',
  'retailer',
  'filter',
  'other',
  'fresh',
] as const
export type Kind = (typeof kinds)[number]

const spread = 0x9e3779b1
const gather = oddInverse(spread)

/** Uuids that carry their index, so that a row is found by its id without a table. */
export type Ids = {
  of: (kind: Kind, index: number) => string
  /** The index in an id of that kind, or undefined when it is not one of them. */
  indexIn(kind: Kind, id: string): number | undefined
  /** The index that the last eight digits of an id of that kind stand for; any other digits give any number. */
  indexFromTail(kind: Kind, tail: string): number
}

export function openIds(seed: number): Ids {
  const codes = new Map(kinds.map((kind) => [kind, { stream: hashText(kind), mask: hash(seed, hashText(kind), -1) }]))
  const code = (kind: Kind) => codes.get(kind) ?? { stream: 0, mask: 0 }

  const of = (kind: Kind, index: number): string => {
    const { stream, mask } = code(kind)
    const noise = hash(seed, stream, index)
    const more = hash(noise, stream, index)
    const tail = (Math.imul(index, spread) ^ mask) >>> 0
    return `${hex8(noise)}-${hex4(mask)}-11e${hex4(more).charAt(0)}-${hex4(more >>> 16)}-${hex4(mask >>> 16)}${hex8(tail)}`
  }

  const indexFromTail = (kind: Kind, tail: string): number =>
    Math.imul(Number.parseInt(tail, 16) ^ code(kind).mask, gather) >>> 0

  return {
    of,
    indexIn(kind, id) {
      const index = indexFromTail(kind, id.slice(-8))
      return of(kind, index) === id ? index : undefined
    },
    indexFromTail,
  }
}

/** The id of the inventory row of a product at an outlet: made of both ids, so that it needs no search. */
export function inventoryId(productId: string, outletId: string): string {
  const noise = hashText(outletId + productId)
  const more = hash(noise, 7, 0)
  return `${productId.slice(-8)}-${outletId.slice(-4)}-${hex4(noise)}-${hex4(noise >>> 16)}-${hex4(more)}${outletId.slice(-8)}`
}

/** The last eight digits of the product's id and of the outlet's id in an inventory id. */
export const tailsIn = (id: string): { product: string; outlet: string } => ({
  product: id.slice(0, 8),
  outlet: id.slice(-8),
})

/** Every four digits, looked up: millions of ids are written. */
const digits = Array.from({ length: 0x10000 }, (_, bits) => bits.toString(16).padStart(4, '0'))
const hex4 = (bits: number): string => digits[bits & 0xffff] ?? ''
const hex8 = (bits: number): string => hex4(bits >>> 16) + hex4(bits)

function oddInverse(odd: number): number {
  let inverse = odd
  for (let round = 0; round < 5; round++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse))
  return inverse
}
