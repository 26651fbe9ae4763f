import { Hono, type Context } from 'hono'
import type { Fields } from './body.ts'
import type { SimContext, SimEnv } from './context.ts'
import { isDeleted } from './layer.ts'
import { envelope, pageOf } from './paging.ts'
import { found } from './refused.ts'
import type { Collection, Page, Row } from './store.ts'
import { onWire, withoutCosts } from './wire.ts'

type List = {
  collection: Collection
  /** What one row is called in an error. */
  one: string
  /** The description names the parameter `deleted`. */
  deleted?: true
  /** The description names no `version` envelope. */
  bare?: true
  /** There is no single row to get. */
  listOnly?: true
}

const lists: List[] = [
  { collection: 'product_types', one: 'Product type' },
  { collection: 'brands', one: 'Brand' },
  { collection: 'suppliers', one: 'Supplier' },
  { collection: 'tags', one: 'Tag', deleted: true },
  { collection: 'outlets', one: 'Outlet', deleted: true },
  { collection: 'registers', one: 'Register', deleted: true },
  { collection: 'taxes', one: 'Tax', bare: true, listOnly: true },
  { collection: 'payment_types', one: 'Payment type', listOnly: true },
  { collection: 'price_books', one: 'Price book', bare: true },
  { collection: 'price_book_products', one: 'Price book product', bare: true, listOnly: true },
  { collection: 'inventory', one: 'Inventory', listOnly: true },
  { collection: 'customers', one: 'Customer', deleted: true },
  { collection: 'customer_groups', one: 'Customer group', deleted: true },
  { collection: 'sales', one: 'Sale' },
  { collection: 'users', one: 'User' },
]

/** Every plain collection of API 2.0: its list, walked by version, and its single rows. */
export function listRoutes(context: SimContext): Hono<SimEnv> {
  const app = new Hono<SimEnv>()
  for (const list of lists) {
    const path = `/api/2.0/${list.collection}`
    app.get(path, (c) => c.json(page(c, context, list, pageOf(c, context.judgments, list))))
    if (!list.listOnly && list.collection !== 'users')
      app.get(`${path}/:id`, (c) => c.json({ data: single(c, context, list) }))
  }
  return app
    .get('/api/2.0/outlet_taxes', (c) => {
      const outlet = c.req.query('outlet_id')
      const where = outlet === undefined ? undefined : (row: Row) => row['outlet_id'] === outlet
      const asked = { ...pageOf(c, context.judgments, { deleted: true }), where }
      return c.json(page(c, context, { collection: 'outlet_taxes', one: 'Outlet tax' }, asked))
    })
    .get('/api/2.0/variant_attributes', (c) => {
      const deleted = ['true', '1'].includes(c.req.query('deleted') ?? '')
      const rows = context.store.list('variant_attributes', { after: 0, limit: Infinity, deleted })
      return c.json({ data: rows.map((row) => shown(c, context, 'variant_attributes', row)) })
    })
    .get('/api/2.0/variant_attributes/:id', (c) =>
      c.json({ data: single(c, context, { collection: 'variant_attributes', one: 'Variant attribute' }) }),
    )
}

/** One page of a collection as it goes out. */
export function page(c: Context<SimEnv>, context: SimContext, list: List, asked: Page): Fields {
  const { store, judgments } = context
  const rows = store.list(list.collection, asked)
  const data = rows.map((row) => shown(c, context, list.collection, row))
  return list.bare && !judgments.versionOnEveryList ? { data } : envelope(rows, data, judgments)
}

/** A row as this token may see it. */
export function shown(c: Context<SimEnv>, { judgments }: SimContext, collection: Collection, row: Row): Fields {
  const wire = onWire(collection, row, judgments)
  const hidden =
    collection === 'products' && judgments.costsWithoutScope === 'absent' && !c.var.allows('products:read:costs')
  return hidden ? withoutCosts(wire) : wire
}

function single(c: Context<SimEnv>, context: SimContext, { collection, one }: List): Fields {
  const row = context.store.get(collection, c.req.param('id') ?? '')
  return shown(
    c,
    context,
    collection,
    found(row && isDeleted(row) && !showsDeleted(c, collection) ? undefined : row, one),
  )
}

/** Rows of trade are still there when they are deleted; labels are not. */
const showsDeleted = (c: Context, collection: Collection): boolean =>
  c.req.query('deleted') === 'true' || ['sales', 'customers', 'products', 'outlets', 'registers'].includes(collection)
