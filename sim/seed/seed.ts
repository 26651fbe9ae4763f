import type { Scale } from '../scale.ts'
import type { Collection, Seed } from '../store.ts'
import { openAssortment } from './assortment.ts'
import { priceBookProducts } from './book-prices.ts'
import { consignmentProducts, consignments } from './consignments.ts'
import { customers } from './customers.ts'
import type { Ground, Source } from './ground.ts'
import { openIds } from './ids.ts'
import { inventory } from './inventory.ts'
import { brands, productTypes, suppliers, tags, variantAttributes } from './labels.ts'
import { customerGroups, paymentTypes, priceBooks, taxes } from './money.ts'
import { outletTaxes } from './outlet-taxes.ts'
import { outlets, registers } from './outlets.ts'
import { products } from './products.ts'
import { dice, hash, hashText } from './random.ts'
import { sales } from './sales.ts'
import { timeOf } from './time.ts'
import { users } from './users.ts'
import { lastSeededVersion, openVersions, type Versions } from './versions.ts'

/** A whole retailer from one number: the same rows, byte for byte, each time. */
export function openSeed(seed: number, scale: Scale): Seed & { ground: Ground } {
  const versions = new Map<Collection, Versions>()
  const ground = openGround(seed, scale, versions)
  const sources = openSources(ground)
  const source = (collection: Collection): Source => sources.get(collection) ?? nothing
  for (const [collection, { count }] of sources) versions.set(collection, openVersions(seed, collection, count))

  return {
    ground,
    count: (collection) => source(collection).count,
    row: (collection, index) => source(collection).row(index),
    indexOf(collection, id) {
      const { count, indexOf = (wanted: string) => ground.ids.indexIn(collection, wanted) } = source(collection)
      const index = indexOf(id)
      return index === undefined || index >= count ? undefined : index
    },
    indexAfter: (collection, version) => versions.get(collection)?.indexAfter(version) ?? 0,
    children: (collection, parent) => source(collection).children?.(parent) ?? [],
    freshId: (serial) => ground.id('fresh', serial),
    lastVersion: lastSeededVersion,
    gapAfter: (version) => hash(seed, 4000, version % 4_294_967_291) % 7,
  }
}

const nothing: Source = {
  count: 0,
  row: (index) => {
    throw new Error(`There is no row ${index} in an empty collection`)
  },
}

function openSources(ground: Ground): Map<Collection, Source> {
  const facts = openAssortment(ground)
  const shops = outlets(ground)
  const labels = {
    types: productTypes(ground),
    brands: brands(ground),
    suppliers: suppliers(ground),
    tags: tags(ground),
  }
  return new Map<Collection, Source>([
    ['outlets', shops],
    ['registers', registers(ground)],
    ['users', users(ground)],
    ['taxes', taxes(ground)],
    ['payment_types', paymentTypes(ground)],
    ['customer_groups', customerGroups(ground)],
    ['price_books', priceBooks(ground, shops)],
    ['product_types', labels.types],
    ['brands', labels.brands],
    ['suppliers', labels.suppliers],
    ['tags', labels.tags],
    ['variant_attributes', variantAttributes(ground)],
    ['products', products(ground, facts, labels)],
    ['inventory', inventory(ground, facts)],
    ['outlet_taxes', outletTaxes(ground)],
    ['price_book_products', priceBookProducts(ground, facts)],
    ['customers', customers(ground)],
    ['sales', sales(ground, facts)],
    ['consignments', consignments(ground, facts)],
    ['consignment_products', consignmentProducts(ground, facts)],
  ])
}

function openGround(seed: number, { sizes }: Scale, versions: Map<Collection, Versions>): Ground {
  const ids = openIds(seed)
  const streams = new Map<string, number>()
  const streamOf = (kind: string) => {
    const found = streams.get(kind) ?? hashText(kind)
    streams.set(kind, found)
    return found
  }
  const version = (collection: Collection, index: number) => versions.get(collection)?.of(index) ?? 0
  return {
    sizes,
    ids,
    id: ids.of,
    version,
    time: (collection, index) => timeOf(version(collection, index)),
    dice: (kind, index, stream = 0) => dice(seed, streamOf(kind) + stream * 7919, index),
  }
}
