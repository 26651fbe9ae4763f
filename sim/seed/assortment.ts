import { ean13, itf14, upcA } from './barcode.ts'
import { optionValues, type Good } from './goods.ts'
import type { Ground } from './ground.ts'
import { goodsOf, liveOf, variantAttributeNames } from './labels.ts'
import { gstRate } from './money.ts'
import type { Some } from './random.ts'
import { brandName } from './words.ts'

/** The place of a product in its family: the first member is the parent. */
type Family = { parent: number; position: number; size: number; options: { attribute: string; value: string }[] }

/** What other rows need to know of a product. Prices and cost in dollars. */
export type Facts = {
  good: Good
  name: string
  variantName: string
  sku: string
  codes: { type: string; code: string }[]
  brand: number | undefined
  supplier: number | undefined
  family: Family | undefined
  composite: boolean
  deleted: boolean
  taxed: boolean
  priceWithTax: number
  priceWithoutTax: number
  cost: number
  grams: number
}

const block = 10

/** Every tenth product bears no tax. */
export const bearsNoTax = (product: number): boolean => product % block === 7

/** Facts of the products by index, each worked out once. */
export function openAssortment(ground: Ground): (product: number) => Facts {
  const known: Facts[] = []
  return (product) => (known[product] ??= factsOf(ground, product))
}

function factsOf(ground: Ground, product: number): Facts {
  const family = familyOf(ground, product)
  const dice = ground.dice('products', family?.parent ?? product)
  const goods = goodsOf(ground)
  const good = goods[dice.below(goods.length)] ?? dice.pick([goods[0] ?? fail(), ...goods])
  const brand = dice.chance(0.9) ? dice.below(liveOf(ground.sizes.brands)) : undefined
  const supplier = dice.chance(0.94) ? dice.below(liveOf(ground.sizes.suppliers)) : undefined
  const maker = brand === undefined ? '' : `${brandName(brand)} `
  const size = family ? '' : ` ${dice.pick(good.sizes)}`
  const name = `${maker}${dice.pick(good.adjectives)} ${dice.pick(good.nouns)}${size}`
  const taxed = !bearsNoTax(product)
  const priceWithTax = (dice.between(Math.floor(good.fromCents / 10), Math.ceil(good.toCents / 10)) * 10 - 1) / 100
  const priceWithoutTax = taxed ? Math.round((priceWithTax / (1 + gstRate)) * 100_000) / 100_000 : priceWithTax
  return {
    good,
    name,
    variantName: [name, ...(family?.options.map(({ value }) => value) ?? [])].join(' / '),
    ...codesOf(ground, product, family),
    brand,
    supplier,
    family,
    composite: isComposite(ground, product),
    deleted: isGone(ground, product),
    taxed,
    priceWithTax,
    priceWithoutTax,
    cost: Math.round(priceWithoutTax * dice.between(38, 71)) / 100,
    grams: Math.max(5, Math.round(good.grams * (0.7 + dice.below(60) / 100))),
  }
}

const fail = (): never => {
  throw new Error('There are no goods to sell')
}

/** One product in forty is made of others. */
const isComposite = (ground: Ground, product: number): boolean =>
  product % 40 === 11 && familyOf(ground, product) === undefined

const isGone = (ground: Ground, product: number): boolean =>
  product === 9 || (product % block === 9 && ground.dice('products', product, 1).chance(0.2))

/** In each ten products the first three to six may be one family. */
function familyOf(ground: Ground, product: number): Family | undefined {
  const parent = product - (product % block)
  if (parent + block > ground.sizes.products) return undefined
  const dice = ground.dice('products', parent, 2)
  const size = dice.between(3, 6)
  if (!(dice.chance(0.35) || isOldFamily(parent)) || product - parent >= size) return undefined
  const goods = goodsOf(ground)
  const good = goods[ground.dice('products', parent).below(goods.length)]
  const attributes = good?.options ?? variantAttributeNames
  const position = product - parent
  const options = attributes.map((attribute, at) => ({
    attribute,
    value: valueAt(attribute, position + at * position),
  }))
  const twice = isOldFamily(parent) ? options.slice(0, 1) : []
  return { parent, position, size, options: [...options.slice(0, 3 - twice.length), ...twice] }
}

/** Products from before the point of sale forbade the same attribute twice. */
const isOldFamily = (parent: number): boolean => parent % 170 === 20

function valueAt(attribute: string, position: number): string {
  const values: Some<string> = optionValues[attribute] ?? ['Standard']
  return values[position % values.length] ?? values[0]
}

function codesOf(ground: Ground, product: number, family: Family | undefined): Pick<Facts, 'sku' | 'codes'> {
  const dice = ground.dice('products', product, 3)
  const base = 10_000 + (family?.parent ?? product)
  const sku = family ? `${base}-${family.position + 1}` : product % 7 === 3 ? `LX-${base}` : String(base)
  const codes = [{ type: 'CUSTOM', code: sku }]
  const ean = ean13(2_000_000 + product * 37 + dice.below(37))
  if (product % 9 === 4) codes.push({ type: 'UPC', code: upcA(7_000_000 + product * 13) })
  else if (product % 11 !== 5) codes.push({ type: 'EAN', code: ean })
  if (product % 13 === 6) codes.push({ type: 'ITF', code: itf14(ean, 1) })
  return { sku, codes }
}
