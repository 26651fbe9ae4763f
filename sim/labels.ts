import { Hono, type Context } from 'hono'
import { fieldsOf, isFields, only, textIn, type Fields } from './body.ts'
import type { SimContext, SimEnv } from './context.ts'
import { isDeleted } from './layer.ts'
import { found, refused } from './refused.ts'
import { stamp } from './seed/time.ts'
import type { Collection, Row } from './store.ts'

type Label = {
  collection: Collection & ('brands' | 'suppliers' | 'tags' | 'variant_attributes')
  one: string
  fields: string[]
  /** The answers differ from resource to resource, as in the description. */
  created(row: Row): unknown
  updated(row: Row): unknown
  deleted(id: string, job: string): unknown
  /** A product without the label that is gone, or undefined when it never had it. */
  release?: (product: Row, id: string) => Fields | undefined
}

const labels: Label[] = [
  {
    collection: 'brands',
    one: 'Brand',
    fields: ['name', 'description'],
    created: ({ id }) => ({ data: id }),
    updated: ({ id }) => ({ data: { id } }),
    deleted: (id, job) => ({ payload: { data: { id, job_id: job } } }),
    release: (product, id) => (product['brand_id'] === id ? { brand_id: undefined, brand: {} } : undefined),
  },
  {
    collection: 'suppliers',
    one: 'Supplier',
    fields: ['name', 'description', 'default_markup', 'contact'],
    created: ({ id }) => ({ data: id }),
    updated: ({ id }) => ({ id }),
    deleted: (id, job) => ({ data: { id, job_id: job } }),
    release: (product, id) => (product['supplier_id'] === id ? { supplier_id: undefined, supplier: {} } : undefined),
  },
  {
    collection: 'tags',
    one: 'Tag',
    fields: ['name'],
    created: ({ id }) => ({ data: id }),
    updated: ({ id }) => ({ data: id }),
    deleted: (id, job) => ({ data: { id, job_id: job } }),
    release: untagged,
  },
  {
    collection: 'variant_attributes',
    one: 'Variant attribute',
    fields: ['name'],
    created: ({ id, name, created_at, updated_at }) => ({ data: { id, name, created_at, updated_at } }),
    updated: ({ id, name }) => ({ data: { id, name } }),
    deleted: (id) => ({ data: { id } }),
  },
]

function untagged(product: Row, id: string): Fields | undefined {
  const { tag_ids: ids, categories } = product
  if (!Array.isArray(ids) || !ids.includes(id)) return undefined
  const others = Array.isArray(categories)
    ? categories.filter((tag: unknown) => !isFields(tag) || tag['id'] !== id)
    : []
  return { tag_ids: ids.filter((tag: unknown) => tag !== id), categories: others }
}

/** Brands, suppliers, tags and variant attributes: made, renamed, deleted. */
export function labelRoutes(context: SimContext): Hono<SimEnv> {
  const app = new Hono<SimEnv>()
  for (const label of labels) {
    const path = `/api/2.0/${label.collection}`
    const status = label.collection === 'variant_attributes' ? 201 : 200
    app.post(path, async (c) => c.json(label.created(save(context, label, undefined, await fieldsOf(c))), status))
    app.put(`${path}/:id`, async (c) =>
      c.json(label.updated(save(context, label, live(c, context, label), await fieldsOf(c)))),
    )
    app.delete(`${path}/:id`, (c) =>
      c.json(label.deleted(bury(context, label, live(c, context, label)), context.store.newId())),
    )
  }
  return app
}

function live(c: Context, { store }: SimContext, { collection, one }: Label): Row {
  const row = store.get(collection, c.req.param('id') ?? '')
  return found(row && !isDeleted(row) ? row : undefined, one)
}

function save(context: SimContext, { collection, fields }: Label, before: Row | undefined, body: Fields): Row {
  const { store } = context
  const name = textIn(body['name']) ?? textIn(before?.['name'])
  if (name === undefined || name.trim() === '') {
    throw refused(context.judgments.refusalStatus, 'name is required', { fields: { name: 'is required' } })
  }
  mustBeFree(context, collection, name, before?.id)
  const now = stamp(store.now())
  const dates =
    collection === 'variant_attributes' ? { created_at: before?.['created_at'] ?? now, updated_at: now } : {}
  const source = collection === 'suppliers' && !before ? { source: 'USER' } : {}
  return store.put(collection, {
    ...before,
    ...dates,
    ...source,
    ...only(body, fields),
    name,
    id: before?.id ?? store.newId(),
  })
}

function mustBeFree(
  { store, judgments }: SimContext,
  collection: Collection,
  name: string,
  id: string | undefined,
): void {
  if (!judgments.labelNamesUnique) return
  const where = (row: Row) => row['name'] === name && row.id !== id
  const [other] = store.list(collection, { after: 0, limit: 1, deleted: false, where })
  if (!other) return
  throw refused(judgments.refusalStatus, 'name already exists', {
    fields: { name: 'Already exists', name_existing_id: other.id },
  })
}

/** A tombstone at once; the products let go of it a little later, each with a new version. */
function bury(context: SimContext, label: Label, row: Row): string {
  const { store, judgments } = context
  store.put(label.collection, { ...row, deleted_at: stamp(store.now()) })
  context.afterDelay(judgments.disassociationDelayMs, () => releaseProducts(context, label, row.id))
  return row.id
}

function releaseProducts({ store }: SimContext, { release = () => undefined }: Label, id: string): void {
  for (const product of store.list('products', { after: 0, limit: Infinity, deleted: false })) {
    const change = release(product, id)
    if (change) store.put('products', { ...product, ...change, updated_at: stamp(store.now()) })
  }
}
