import { isFields, listIn, numberIn, textIn, type Fields } from './body.ts'
import type { SimContext } from './context.ts'
import { isDeleted } from './layer.ts'
import { refused } from './refused.ts'
import { outletTaxId } from './seed/outlet-taxes.ts'
import { setInventory } from './inventory.ts'
import type { Collection, Row } from './store.ts'

const round5 = (value: number): number => Math.round(value * 100_000) / 100_000

/** A row that is there and not deleted, or 422. */
export function reference({ store, judgments }: SimContext, collection: Collection, id: string): Row {
  const row = store.get(collection, id)
  if (row && !isDeleted(row)) return row
  throw refused(judgments.refusalStatus, `There is no such row in ${collection}: ${id}`)
}

/** `brand_id` and the like with the objects they stand for; an empty text takes the relation away. */
export function relations(context: SimContext, body: Fields): Fields {
  return {
    ...relation(context, 'brand', 'brands', textIn(body['brand_id'])),
    ...relation(context, 'supplier', 'suppliers', textIn(body['supplier_id'])),
    ...type(context, textIn(body['product_category_id']) ?? textIn(body['product_type_id'])),
    ...tags(context, body['tag_ids']),
  }
}

function relation(
  context: SimContext,
  name: 'brand' | 'supplier',
  collection: Collection,
  id: string | undefined,
): Fields {
  if (id === undefined) return {}
  if (id === '') return { [`${name}_id`]: undefined, [name]: {} }
  const { version, ...row } = reference(context, collection, id)
  const shown =
    name === 'brand'
      ? { id, name: row['name'] }
      : { id, name: row['name'], source: row['source'] ?? 'USER', description: row['description'] ?? '' }
  return { [`${name}_id`]: id, [name]: { ...shown, version } }
}

function type(context: SimContext, id: string | undefined): Fields {
  if (id === undefined) return {}
  if (id === '') return { product_type_id: undefined, type: {} }
  return { product_type_id: id, type: reference(context, 'product_types', id) }
}

function tags(context: SimContext, ids: unknown): Fields {
  if (!Array.isArray(ids)) return {}
  const rows = ids.map((id: unknown) => reference(context, 'tags', String(id)))
  return { tag_ids: rows.map(({ id }) => id), categories: rows }
}

/** Both prices from the one that was given. */
export function prices(context: SimContext, body: Fields): Fields {
  const [gross, net] = [numberIn(body['price_including_tax']), numberIn(body['price_excluding_tax'])]
  if (gross !== undefined && net !== undefined) {
    throw refused(context.judgments.refusalStatus, 'Give price_including_tax or price_excluding_tax, not both')
  }
  const rate = 1 + taxRate(context, body['all_outlets_tax'])
  if (gross !== undefined) return { price_including_tax: gross, price_excluding_tax: round5(gross / rate) }
  return net === undefined ? {} : { price_including_tax: round5(net * rate), price_excluding_tax: net }
}

function taxRate(context: SimContext, wish: unknown): number {
  const id = isFields(wish) ? textIn(wish['tax_id']) : undefined
  const rows = context.store.list('taxes', { after: 0, limit: Infinity, deleted: false })
  const tax =
    id === undefined || id === '' ? rows.find((row) => row['is_default'] === true) : reference(context, 'taxes', id)
  return listIn(tax?.['rates']).reduce((sum, { rate }) => sum + (numberIn(rate) ?? 0), 0)
}

/** Codes with the sku among them, first. Refuses a sku that another product has, by judgment. */
export function codes(context: SimContext, body: Fields, id: string): Fields {
  const given = listIn(body['product_codes']).map((entry) => ({
    type: (textIn(entry['type']) ?? 'CUSTOM').toUpperCase(),
    code: String(textIn(entry['code']) ?? numberIn(entry['code']) ?? ''),
  }))
  const sku = textIn(body['sku']) ?? given[0]?.code
  if (sku === undefined) return {}
  mustBeFree(context, sku, id)
  const named = given.some(({ code }) => code === sku) ? given : [{ type: 'CUSTOM', code: sku }, ...given]
  return { sku, product_codes: named }
}

function mustBeFree({ store, judgments }: SimContext, sku: string, id: string): void {
  if (!judgments.skuUnique) return
  const [other] = store.list('products', {
    after: 0,
    limit: 1,
    deleted: false,
    where: (row) => row['sku'] === sku && row.id !== id,
  })
  if (other)
    throw refused(judgments.refusalStatus, 'sku is not unique', {
      fields: { sku: 'Already exists', sku_existing_id: other.id },
    })
}

export function suppliersOf(context: SimContext, list: unknown, product: string): Fields {
  if (!Array.isArray(list)) return {}
  const rows = listIn(list).map((entry) => {
    const supplier = reference(context, 'suppliers', String(entry['supplier_id']))
    return {
      id: textIn(entry['id']) ?? context.store.newId(),
      product_id: product,
      supplier_id: supplier.id,
      supplier_name: supplier['name'],
      code: textIn(entry['code']) ?? '',
      price: numberIn(entry['price']) ?? 0,
    }
  })
  const [first] = rows
  return {
    product_suppliers: rows,
    ...(first
      ? {
          supplier_code: first.code,
          supply_price: first.price,
          ...relation(context, 'supplier', 'suppliers', first.supplier_id),
        }
      : {}),
  }
}

/** Amounts and reorder fields by outlet; -1 clears the reorder point. */
export function writeInventory(context: SimContext, productId: string, list: unknown): void {
  for (const entry of listIn(list)) {
    const outletId = reference(context, 'outlets', String(entry['outlet_id'])).id
    const level = numberIn(entry['current_amount'])
    const point = numberIn(entry['reorder_point'])
    const amount = numberIn(entry['reorder_amount'])
    setInventory(
      context,
      { productId, outletId },
      {
        ...(level === undefined ? {} : { level }),
        ...(point === undefined ? {} : { reorder_point: point === -1 ? null : point }),
        ...(amount === undefined ? {} : { reorder_amount: amount }),
      },
    )
  }
}

/** Taxes of the product by outlet; an empty `tax_id` goes back to the default. */
export function writeOutletTaxes(context: SimContext, productId: string, list: unknown, now: string): void {
  for (const entry of listIn(list)) {
    const outletId = reference(context, 'outlets', String(entry['outlet_id'])).id
    const id = outletTaxId(outletId, productId)
    const taxId = textIn(entry['tax_id']) ?? ''
    const before = context.store.get('outlet_taxes', id)
    if (taxId !== '')
      context.store.put('outlet_taxes', {
        id,
        outlet_id: outletId,
        product_id: productId,
        tax_id: reference(context, 'taxes', taxId).id,
      })
    else if (before) context.store.put('outlet_taxes', { ...before, deleted_at: now })
  }
}

/** The product and every other that shares its parent. */
export function familyOf({ store }: SimContext, product: Row): Row[] {
  const parent = textIn(product['variant_parent_id']) ?? product.id
  if (product['has_variants'] !== true && product['variant_parent_id'] === undefined) return [product]
  const where = (row: Row) => row.id === parent || row['variant_parent_id'] === parent
  return store.list('products', { after: 0, limit: Infinity, deleted: false, where })
}

/** One component of a composite product. */
export const component = (context: SimContext, part: Fields): Fields => ({
  product_id: reference(context, 'products', String(part['product_id'])).id,
  quantity: numberIn(part['quantity']) ?? 1,
})
