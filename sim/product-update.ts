import { isFields, listIn, numberIn, textIn, type Fields } from './body.ts'
import type { SimContext } from './context.ts'
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
import { refused } from './refused.ts'
import { stamp } from './seed/time.ts'
import type { Row } from './store.ts'

/** `common` changes the whole family, `details` this product. Answers what was asked. */
export function updateProduct(context: SimContext, product: Row, body: Fields): Fields {
  const common = isFields(body['common']) ? body['common'] : {}
  const details = isFields(body['details']) ? body['details'] : {}
  const shared = commonFields(context, common, product)
  const own = detailFields(context, details, product)
  const now = stamp(context.store.now())
  for (const member of familyOf(context, product)) {
    if (member.id !== product.id && Object.keys(shared).length === 0) continue
    const changed: Fields = { ...member, ...shared, ...(member.id === product.id ? own : {}), updated_at: now }
    context.store.put('products', withoutUnset({ ...changed, id: member.id, variant_name: variantName(changed) }))
  }
  writeInventory(context, product.id, details['inventory'])
  writeOutletTaxes(context, product.id, details['outlet_taxes'], now)
  return { product_id: product.id, common, details }
}

function commonFields(context: SimContext, common: Fields, product: Row): Fields {
  const {
    name,
    description,
    track_inventory: tracked,
    account_code_sale: sale,
    account_code_purchase: purchase,
  } = common
  return {
    ...(textIn(name) === undefined ? {} : { name }),
    ...(textIn(description) === undefined ? {} : { description }),
    ...(typeof tracked === 'boolean' ? { has_inventory: tracked } : {}),
    ...(textIn(sale) === undefined ? {} : { account_code: sale }),
    ...(textIn(purchase) === undefined ? {} : { account_code_purchase: purchase }),
    ...relations(context, common),
    ...suppliersOf(context, common['product_suppliers'], product.id),
  }
}

const measures = ['weight', 'length', 'width', 'height'] as const

function detailFields(context: SimContext, details: Fields, product: Row): Fields {
  const active = details['is_active']
  const loyalty = numberIn(details['loyalty_amount'])
  const parts = details['composite_components']
  const measured = measures.flatMap((name) =>
    numberIn(details[name]) === undefined ? [] : [[name, numberIn(details[name])]],
  )
  return {
    ...(typeof active === 'boolean' ? { active, is_active: active } : {}),
    ...(loyalty === undefined ? {} : { loyalty_amount: loyalty === -1 ? null : loyalty }),
    ...(Array.isArray(details['product_codes']) ? codes(context, details, product.id) : {}),
    ...prices(context, details),
    ...Object.fromEntries(measured),
    ...units(context, details),
    ...(Array.isArray(parts) ? { composite: listIn(parts).map((part) => component(context, part)) } : {}),
    ...options(context, details['variant_attribute_values'], product),
    ...(Array.isArray(details['product_suppliers'])
      ? suppliersOf(context, details['product_suppliers'], product.id)
      : {}),
  }
}

function units({ judgments }: SimContext, details: Fields): Fields {
  const { weight_unit: weight, dimensions_unit: side } = details
  if (details['weight'] !== undefined && weight === undefined)
    throw refused(judgments.refusalStatus, 'weight needs weight_unit')
  return {
    ...(textIn(weight) === undefined ? {} : { weight_unit: weight }),
    ...(textIn(side) === undefined ? {} : { dimensions_unit: side }),
  }
}

function options(context: SimContext, values: unknown, product: Row): Fields {
  if (!Array.isArray(values)) return {}
  const wished = new Map(
    listIn(values).map((value) => [String(value['attribute_id']), textIn(value['attribute_value']) ?? '']),
  )
  for (const id of wished.keys()) reference(context, 'variant_attributes', id)
  const changed = listIn(product['variant_options']).map((option) =>
    Object.assign({}, option, { value: wished.get(String(option['id'])) ?? option['value'] }),
  )
  return { variant_options: changed }
}

const variantName = (product: Fields): string =>
  [product['name'], ...listIn(product['variant_options']).map(({ value }) => value)].join(' / ')

function withoutUnset(row: Fields & { id: string }): Fields & { id: string } {
  const set = Object.entries(row).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(set), id: row.id }
}
