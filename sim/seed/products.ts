import type { Facts } from './assortment.ts'
import { placeOf, present, type Ground, type Source } from './ground.ts'
import { liveOf, typeIndexOf, variantAttributeNames } from './labels.ts'
import { daysBefore, stamp } from './time.ts'

export type Labels = { types: Source; brands: Source; suppliers: Source; tags: Source }

const blank = 'https://images.example/placeholder/product/no-image-white'

export function products(ground: Ground, facts: (product: number) => Facts, labels: Labels): Source {
  return {
    count: ground.sizes.products,
    children: (imageId) => placeOf(ground.ids.indexIn('product_image', imageId), 4, ground.sizes.products),
    row: (index) => {
      const known = facts(index)
      const time = ground.time('products', index)
      return present({
        id: ground.id('products', index),
        family_id: ground.id('products', known.family?.parent ?? index),
        ...naming(ground, index, known),
        ...standing(known, time),
        ...relations(ground, index, known, labels),
        ...family(ground, known),
        ...pictures(ground, index),
        ...measures(ground, index, known),
        ...extras(ground, index),
        composite: known.composite ? components(ground, index) : undefined,
        created_at: stamp(daysBefore(time, ground.dice('products', index, 4).between(1, 1500))),
        updated_at: stamp(time),
        version: ground.version('products', index),
      })
    },
  }
}

function naming(ground: Ground, index: number, facts: Facts): { [field: string]: unknown } {
  const dice = ground.dice('products', index, 5)
  const about = `<p>${facts.name}: ${facts.good.category.toLowerCase()} &ndash; chosen by our buyers.</p>`
  return {
    name: facts.name,
    variant_name: facts.variantName,
    handle: facts.name
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[^a-z0-9]+/g, '-'),
    sku: facts.sku,
    product_codes: facts.codes,
    description: dice.chance(0.5) ? about : dice.chance(0.3) ? '' : undefined,
    supplier_code: facts.supplier !== undefined && dice.chance(0.6) ? `S${dice.between(1000, 99_999)}` : undefined,
  }
}

function standing(facts: Facts, time: number): { [field: string]: unknown } {
  const active = !facts.deleted
  return {
    active,
    is_active: active,
    has_inventory: !facts.composite,
    is_composite: facts.composite,
    supply_price: facts.cost,
    price_including_tax: facts.priceWithTax,
    price_excluding_tax: facts.priceWithoutTax,
    deleted_at: facts.deleted ? stamp(time) : undefined,
  }
}

function relations(ground: Ground, index: number, facts: Facts, labels: Labels): { [field: string]: unknown } {
  const type = typeIndexOf(ground, facts.good)
  const tags = tagsOf(ground, index)
  return {
    product_type_id: ground.id('product_types', type),
    type: labels.types.row(type),
    brand_id: facts.brand === undefined ? undefined : ground.id('brands', facts.brand),
    brand: facts.brand === undefined ? {} : labels.brands.row(facts.brand),
    supplier_id: facts.supplier === undefined ? undefined : ground.id('suppliers', facts.supplier),
    supplier: facts.supplier === undefined ? {} : sample(labels.suppliers.row(facts.supplier)),
    product_suppliers: suppliersOf(ground, index, facts, labels),
    tag_ids: tags.map((tag) => ground.id('tags', tag)),
    categories: tags.map((tag) => labels.tags.row(tag)),
  }
}

const sample = ({ id, name, source, description, version }: { [field: string]: unknown }) => ({
  id,
  name,
  source,
  description: description ?? '',
  version,
})

function tagsOf(ground: Ground, index: number): number[] {
  const dice = ground.dice('products', index, 6)
  const count = dice.chance(0.45) ? dice.between(1, 3) : 0
  const live = liveOf(ground.sizes.tags)
  return live < 1 ? [] : [...new Set(Array.from({ length: count }, () => dice.below(live)))]
}

function suppliersOf(ground: Ground, index: number, facts: Facts, labels: Labels): { [field: string]: unknown }[] {
  if (facts.supplier === undefined) return []
  const second = index % 12 === 5 ? [(facts.supplier + 1) % liveOf(ground.sizes.suppliers)] : []
  return [...new Set([facts.supplier, ...second])].map((supplier, at) => ({
    id: ground.id('product_supplier', index * 4 + at),
    product_id: ground.id('products', index),
    supplier_id: ground.id('suppliers', supplier),
    supplier_name: labels.suppliers.row(supplier)['name'],
    code: `S${(index * 7 + at * 3) % 100_000}`,
    price: Math.round(facts.cost * (100 + at * 6)) / 100,
  }))
}

function family(ground: Ground, { family: kin }: Facts): { [field: string]: unknown } {
  if (!kin) return { has_variants: false, variant_options: [] }
  return {
    has_variants: kin.position === 0,
    variant_parent_id: kin.position === 0 ? undefined : ground.id('products', kin.parent),
    variant_count: kin.position === 0 ? kin.size : undefined,
    variant_options: kin.options.map(({ attribute, value }) => ({
      id: ground.id('variant_attributes', variantAttributeNames.indexOf(attribute)),
      name: attribute,
      value,
    })),
  }
}

/** How many pictures a product has. */
const pictureCount = (index: number): number => (index % 4 === 1 ? 1 + (index % 3) : 0)

function pictures(ground: Ground, index: number): { [field: string]: unknown } {
  const ids = Array.from({ length: pictureCount(index) }, (_, at) => ground.id('product_image', index * 4 + at))
  const [first] = ids
  return {
    image_url: first === undefined ? `${blank}-standard.png` : picture(first, 'standard'),
    image_thumbnail_url: first === undefined ? `${blank}-thumb.png` : picture(first, 'thumb'),
    images: ids.map((id) => ({
      id,
      url: picture(id, 'original'),
      version: ground.version('products', index) - 1,
      sizes: Object.fromEntries(pictureSizes.map((size) => [size, picture(id, size)])),
    })),
  }
}

const pictureSizes = ['ss', 'standard', 'st', 'original', 'thumb', 'sl', 'sm']
const picture = (id: string, size: string): string => `https://images.example/product/${size}/${id}.jpg`

function measures(ground: Ground, index: number, facts: Facts): { [field: string]: unknown } {
  const dice = ground.dice('products', index, 7)
  const boxed = dice.chance(0.3)
  const weight = dice.chance(0.6) ? { weight: facts.grams, weight_unit: 'G' } : {}
  const side = () => dice.between(4, 60)
  return { ...weight, ...(boxed ? { length: side(), width: side(), height: side(), dimensions_unit: 'CM' } : {}) }
}

function extras(ground: Ground, index: number): { [field: string]: unknown } {
  const dice = ground.dice('products', index, 8)
  const online = dice.chance(0.06)
  return {
    source: online ? 'SHOPIFY' : 'USER',
    source_id: online ? String(6_000_000_000 + index) : undefined,
    source_variant_id: online ? String(41_000_000_000 + index) : undefined,
    button_order: dice.below(40),
    account_code: dice.chance(0.2) ? '200' : undefined,
    account_code_purchase: dice.chance(0.2) ? '310' : undefined,
    loyalty_amount: dice.chance(0.1) ? dice.between(1, 20) / 2 : dice.chance(0.2) ? null : undefined,
    attributes: dice.chance(0.12)
      ? [{ key: 'shelf', value: `${dice.between(1, 40)}-${dice.pick(['A', 'B', 'C'])}` }]
      : [],
  }
}

/** The products that follow a composite are single ones. */
function components(ground: Ground, index: number): { [field: string]: unknown }[] {
  const dice = ground.dice('products', index, 9)
  return Array.from({ length: dice.between(2, 4) }, (_, at) => index + 1 + at)
    .filter((product) => product < ground.sizes.products)
    .map((product) => ({ product_id: ground.id('products', product), quantity: dice.between(1, 3) }))
}
