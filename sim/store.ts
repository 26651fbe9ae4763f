import type { Journal } from './journal.ts'
import { openLayer, type Layer } from './layer.ts'

/** A row as Lightspeed would send it. Fields whose name begins with `_` stay inside the simulator. */
export type Row = { [field: string]: unknown; id: string; version: number }

export const collections = [
  'products',
  'product_types',
  'brands',
  'suppliers',
  'tags',
  'variant_attributes',
  'inventory',
  'outlets',
  'registers',
  'register_closures',
  'users',
  'taxes',
  'outlet_taxes',
  'payment_types',
  'price_books',
  'price_book_products',
  'customers',
  'customer_groups',
  'sales',
  'stock_adjustments',
  'consignments',
  'consignment_products',
  'webhooks',
  'oauth_grants',
] as const
export type Collection = (typeof collections)[number]

export type Change = { collection: Collection; row: Row; before: Row | undefined }

/** Which rows to list. `of` = only what belongs to that id, found without a search: the lines of a consignment,
 * the inventory of a product, the product of a picture, the sale of a payment. */
export type Page = {
  after: number
  before?: number | undefined
  limit: number
  deleted: boolean
  where?: ((row: Row) => boolean) | undefined
  of?: string | undefined
}

/** Everything the simulated retailer knows. Rows are never changed in place: put a new one. */
export type Store = {
  get(collection: Collection, id: string): Row | undefined
  /** Ascending by version, `after` and `before` exclusive. */
  list(collection: Collection, page: Page): Row[]
  /** Stamps the next version of the one global counter, journals the row, tells the listeners. */
  put(collection: Collection, row: { [field: string]: unknown; id: string }): Row
  onChange(listener: (change: Change) => void): () => void
  newId(): string
  now(): Date
}

/** What lies under the changed rows: pure functions of seed, collection and index, in version order. */
export type Seed = {
  count(collection: Collection): number
  row(collection: Collection, index: number): Row
  indexOf(collection: Collection, id: string): number | undefined
  /** The first index whose version is above the given one. */
  indexAfter(collection: Collection, version: number): number
  /** Indexes of the children of a row, ascending. */
  children(collection: Collection, parent: string): number[]
  /** A uuid that no seeded row has. */
  freshId(serial: number): string
  lastVersion: number
  /** How many versions the counter skips after this one. */
  gapAfter(version: number): number
}

export type OpenStore = Store & { count(collection: Collection): number; lastVersion(): number; close(): void }

export function openStore(ground: { seed: Seed; journal?: Journal | undefined; now: () => Date }): OpenStore {
  const { seed, journal, now } = ground
  const layers = new Map<Collection, Layer>()
  const listeners = new Set<(change: Change) => void>()
  let version = seed.lastVersion
  let serial = 0

  const layer = (collection: Collection): Layer => {
    const found = layers.get(collection) ?? openLayer(seed, collection)
    layers.set(collection, found)
    return found
  }

  for (const entry of journal?.entries() ?? []) {
    layer(entry.collection).put(entry.row)
    version = Math.max(version, entry.row.version)
    serial = Math.max(serial, entry.serial)
  }

  return {
    get: (collection, id) => layer(collection).get(id),
    list: (collection, page) => layer(collection).list(page),
    put(collection, fields) {
      const before = layer(collection).get(fields.id)
      version += 1 + seed.gapAfter(version)
      const row = { ...fields, version }
      layer(collection).put(row)
      journal?.append({ collection, serial, row })
      for (const listener of listeners) listener({ collection, row, before })
      return row
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    newId: () => seed.freshId(serial++),
    now,
    count: (collection) => layer(collection).size(),
    lastVersion: () => version,
    close: () => journal?.close(),
  }
}
