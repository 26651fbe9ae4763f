import { Hono } from 'hono'
import { isFields, listIn, type Fields } from './body.ts'
import type { SimContext, SimEnv } from './context.ts'
import { page, shown } from './lists.ts'
import { pageOf } from './paging.ts'
import { found } from './refused.ts'
import { retailerOf } from './retailer.ts'
import { collections, type Collection, type Row } from './store.ts'
import { onWire } from './wire.ts'

/** What can be read besides the plain lists. */
export function readRoutes(context: SimContext): Hono<SimEnv> {
  const { store, judgments } = context
  return new Hono<SimEnv>()
    .get('/api/2.0/retailer', (c) => c.json({ data: retailerOf(context) }))
    .get('/api/2.0/user', (c) => c.json({ data: userShown(context, store.list('users', everyRow)[0]) }))
    .get('/api/2.0/users/:id', (c) => c.json({ data: userShown(context, store.get('users', c.req.param('id'))) }))
    .get('/api/2.0/products/:id/inventory', (c) => {
      found(store.get('products', c.req.param('id')), 'Product')
      const asked = { ...pageOf(c, judgments), of: c.req.param('id') }
      return c.json(page(c, context, { collection: 'inventory', one: 'Inventory' }, asked))
    })
    .get('/api/2.0/products/:id/price_book_products', (c) => {
      const where = (row: Row) => row['product_id'] === c.req.param('id')
      return c.json(page(c, context, bookPrices, { ...pageOf(c, judgments), where }))
    })
    .get('/api/2.0/price_books/:id/products', (c) => {
      const book = found(store.get('price_books', c.req.param('id')), 'Price book').id
      const wanted = c.req.queries('product_ids')?.flatMap((ids) => ids.split(','))
      const where = (row: Row) => row['price_book_id'] === book && (wanted?.includes(String(row['product_id'])) ?? true)
      return c.json(page(c, context, bookPrices, { ...pageOf(c, judgments), where }))
    })
    .get('/api/2.0/customer_groups/:id/customers', (c) => {
      const group = found(store.get('customer_groups', c.req.param('id')), 'Customer group').id
      const where = (row: Row) => row['customer_group_id'] === group
      return c.json(page(c, context, { collection: 'customers', one: 'Customer' }, { ...pageOf(c, judgments), where }))
    })
    .get('/api/2.0/product_images/:id', (c) =>
      c.json({ data: found(imageOf(context, c.req.param('id')), 'Product image') }),
    )
    .get('/api/2.0/payments/:id', (c) => c.json({ data: found(paymentOf(context, c.req.param('id')), 'Payment') }))
    .get('/api/2.0/versions', (c) => c.json({ data: versions(context) }))
    .get('/api/2.0/products/:id', (c) =>
      c.json({ data: shown(c, context, 'products', found(store.get('products', c.req.param('id')), 'Product')) }),
    )
    .get('/api/2.0/products', (c) => {
      const named = byName(c.req.query())
      const asked = pageOf(c, judgments, { deleted: true })
      const whole = { after: 0, limit: judgments.pageSizeCap, deleted: false, where: named }
      return c.json(page(c, context, { collection: 'products', one: 'Product' }, named ? whole : asked))
    })
}

const everyRow = { after: 0, limit: Infinity, deleted: false }
const bookPrices = { collection: 'price_book_products', one: 'Price book product', bare: true } as const

/** `sku`, `name` and `family_name` disable every other parameter, the cursor too. */
function byName(query: { [name: string]: string }): ((row: Row) => boolean) | undefined {
  const { sku, name, family_name: family } = query
  if (sku !== undefined) return (row) => row['sku'] === sku
  if (name !== undefined) return (row) => row['variant_name'] === name || row['name'] === name
  if (family !== undefined) return (row) => row['name'] === family
  return undefined
}

function userShown({ judgments }: SimContext, row: Row | undefined): unknown {
  const user = onWire('users', found(row, 'User'), judgments)
  return judgments.userAsArray ? [user] : user
}

/** The payment inside a sale. */
function paymentOf({ store }: SimContext, id: string): Fields | undefined {
  const sale = store.list('sales', { ...everyRow, limit: 1, of: id })[0]
  return listIn(sale?.['payments']).find((payment) => payment['id'] === id)
}

/** The picture inside a product, as the pictures' own endpoint shows it. */
function imageOf({ store }: SimContext, id: string): Fields | undefined {
  const product = store.list('products', { ...everyRow, limit: 1, of: id })[0]
  const images = product?.['images']
  if (!product || !Array.isArray(images)) return undefined
  const position = images.findIndex((image: unknown) => isFields(image) && image['id'] === id)
  const image: unknown = images[position]
  if (!isFields(image)) return undefined
  return { id, product_id: product.id, position: position + 1, status: 'COMPLETED', version: image['version'] }
}

/** Collections that the undocumented list of versions knew. */
const versioned = collections.filter(
  (name) =>
    ![
      'variant_attributes',
      'register_closures',
      'stock_adjustments',
      'consignment_products',
      'webhooks',
      'oauth_grants',
    ].includes(name),
)

function versions(context: SimContext): Fields {
  const { judgments } = context
  const named = versioned.filter((name) => name !== 'inventory' || judgments.versionsListInventory)
  return Object.fromEntries(named.map((name) => [name, newestVersion(context, name) || judgments.versionsOfEmpty]))
}

/** The highest version in a collection, by halving; 0 when it is empty. */
function newestVersion({ store }: SimContext, collection: Collection): number {
  let [low, high] = [0, Number.MAX_SAFE_INTEGER]
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2)
    if (store.list(collection, { after: middle, limit: 1, deleted: true }).length > 0) low = middle + 1
    else high = middle
  }
  return low
}
