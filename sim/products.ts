import { Hono } from 'hono'
import { fieldsOf, isFields, listIn, numberIn, only, textIn, type Fields } from './body.ts'
import type { SimContext, SimEnv } from './context.ts'
import { buryInventory, setInventory } from './inventory.ts'
import { isDeleted } from './layer.ts'
import {
  codes,
  component,
  familyOf,
  prices,
  reference,
  relations,
  suppliersOf,
  writeInventory,
  writeOutletTaxes,
} from './product-parts.ts'
import { updateProduct } from './product-update.ts'
import { found, refused } from './refused.ts'
import { stamp } from './seed/time.ts'
import type { Row } from './store.ts'

/** Products are made by API 2.0, changed by 2.1 or a date version, and deleted one by one or as a family. */
export function productRoutes(context: SimContext): Hono<SimEnv> {
  const { judgments } = context
  return new Hono<SimEnv>()
    .post('/api/2.0/products', async (c) => c.json({ data: create(context, await fieldsOf(c)) }))
    .put('/api/:version{2\\.1|20\\d\\d-\\d\\d}/products/:id', async (c) => {
      const answer = updateProduct(context, live(context, c.req.param('id')), await fieldsOf(c))
      return judgments.productUpdateAnswers === 'body' ? c.json({ data: answer }) : c.body(null, 200)
    })
    .delete('/api/2.0/products/:id', (c) => {
      bury(context, live(context, c.req.param('id')))
      return c.body(null, 200)
    })
    .delete('/api/2.0/products/:id/all', (c) => {
      for (const member of familyOf(context, live(context, c.req.param('id')))) bury(context, member)
      return c.body(null, 200)
    })
}

const live = ({ store }: SimContext, id: string): Row => {
  const row = store.get('products', id)
  return found(row && !isDeleted(row) ? row : undefined, 'Product')
}

/** The ids of the new products: one, or one for each variant, of which the first is the parent. */
function create(context: SimContext, body: Fields): string[] {
  const name = textIn(body['name'])
  if (name === undefined || name === '')
    throw refused(context.judgments.refusalStatus, 'name is required', { fields: { name: 'is required' } })
  const variants = listIn(body['variants'])
  if (variants.length === 0) return [createOne(context, { ...body, name }, {}).id]
  const options = variants.map((variant) => optionsOf(context, variant))
  const [first = {}, ...others] = variants
  const parent = createOne(
    context,
    { ...body, ...first, name },
    { has_variants: true, variant_count: variants.length, ...options[0] },
  )
  const children = others.map((variant, at) =>
    createOne(context, { ...body, ...variant, name }, { variant_parent_id: parent.id, ...options[at + 1] }),
  )
  return [parent, ...children].map(({ id }) => id)
}

function optionsOf(context: SimContext, variant: Fields): Fields {
  const definitions = listIn(variant['variant_definitions'])
  if (definitions.length === 0 || definitions.length > 3)
    throw refused(context.judgments.refusalStatus, 'A variant has one to three attributes')
  const options = definitions.map((definition) => {
    const attribute = reference(context, 'variant_attributes', String(definition['attribute_id']))
    return { id: attribute.id, name: attribute['name'], value: textIn(definition['value']) ?? '' }
  })
  return { variant_options: options }
}

const blank = 'https://images.example/placeholder/product/no-image-white'
const plainFields = [
  'description',
  'source',
  'source_id',
  'source_variant_id',
  'supplier_code',
  'account_code_purchase',
  'loyalty_amount',
  'weight',
  'weight_unit',
  'length',
  'width',
  'height',
  'dimensions_unit',
]

function createOne(context: SimContext, body: Fields, kin: Fields): Row {
  const { store } = context
  const id = store.newId()
  const now = stamp(store.now())
  const row = store.put('products', {
    id,
    family_id: textIn(kin['variant_parent_id']) ?? id,
    source: 'USER',
    ...only(body, plainFields),
    ...naming(context, body, kin, id),
    ...standing(context, body),
    ...relations(context, body),
    ...suppliersOf(context, body['product_suppliers'], id),
    ...kin,
    image_url: `${blank}-standard.png`,
    image_thumbnail_url: `${blank}-thumb.png`,
    created_at: now,
    updated_at: now,
  })
  for (const outlet of store.list('outlets', { after: 0, limit: Infinity, deleted: false })) {
    setInventory(context, { productId: id, outletId: outlet.id }, { level: 0 })
  }
  writeInventory(context, id, body['inventory'])
  writeOutletTaxes(context, id, body['outlet_taxes'], now)
  return row
}

function naming(context: SimContext, body: Fields, kin: Fields, id: string): Fields {
  const name = String(textIn(body['name']))
  const values = listIn(kin['variant_options']).map(({ value }) => String(textIn(value)))
  return {
    name,
    variant_name: [name, ...values].join(' / '),
    handle: textIn(body['handle']) ?? name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    ...codes(
      context,
      { ...body, sku: textIn(body['sku']) ?? listIn(body['product_codes'])[0]?.['code'] ?? `S-${id.slice(0, 8)}` },
      id,
    ),
  }
}

function standing(context: SimContext, body: Fields): Fields {
  const active = body['is_active'] !== false
  const composite = listIn(body['composite'])
  return {
    active,
    is_active: active,
    has_inventory: composite.length === 0,
    is_composite: composite.length > 0,
    has_variants: false,
    variant_options: [],
    ...(composite.length === 0 ? {} : { composite: composite.map((part) => component(context, part)) }),
    supply_price: numberIn(body['supply_price']) ?? 0,
    price_including_tax: 0,
    price_excluding_tax: 0,
    ...prices(context, body),
    type: {},
    brand: {},
    supplier: {},
    product_suppliers: [],
    tag_ids: [],
    categories: [],
    images: [],
    button_order: 0,
    attributes: isFields(body['attributes']) ? [only(body['attributes'], ['key', 'value'])] : [],
  }
}

/** Makes a tombstone of the product, and of its inventory. */
function bury(context: SimContext, product: Row): void {
  const { store, judgments } = context
  const now = stamp(store.now())
  store.put('products', { ...product, active: false, is_active: false, updated_at: now, deleted_at: now })
  if (!judgments.productDeletionTakesInventory) return
  const rows = store.list('inventory', { after: 0, limit: Infinity, deleted: false, of: product.id })
  for (const row of rows) buryInventory(context, row)
}
