import { Refusal } from '../kernel/refusal.ts'
import * as catalogue from '../lightspeed/wire/catalogue.ts'
import { consignment, consignmentProduct } from '../lightspeed/wire/consignments.ts'
import { customer, customerGroup, user } from '../lightspeed/wire/people.ts'
import { outlet, register, registerClosure } from '../lightspeed/wire/places.ts'
import { outletTax, paymentType, priceBook, priceBookProduct, tax } from '../lightspeed/wire/pricing.ts'
import { sale, saleLineItem, salePayment } from '../lightspeed/wire/selling.ts'
import { inventory } from '../lightspeed/wire/stock.ts'
import type { Child, Entity } from './entity.ts'

const ofProduct = { owner: 'product_id' } as const
const ofSale = { owner: 'sale_id' } as const

/** A component names its own product as `product_id`, so a composite's owner is called otherwise. */
const productChildren = [
  { ...ofProduct, name: 'product-codes', table: 'product_code', from: 'product_codes', record: catalogue.productCode },
  {
    ...ofProduct,
    name: 'product-suppliers',
    table: 'product_supplier',
    from: 'product_suppliers',
    record: catalogue.productSupplier,
  },
  { ...ofProduct, name: 'product-images', table: 'product_image', from: 'images', record: catalogue.productImage },
  {
    ...ofProduct,
    name: 'product-variant-options',
    table: 'product_variant_option',
    from: 'variant_options',
    record: catalogue.productVariantOption,
  },
  {
    owner: 'composite_product_id',
    name: 'product-composites',
    table: 'product_composite',
    from: 'composite',
    record: catalogue.productComposite,
  },
] as const satisfies readonly Child[]

const saleChildren = [
  { ...ofSale, name: 'sale-line-items', table: 'sale_line_item', from: 'line_items', record: saleLineItem },
  { ...ofSale, name: 'sale-payments', table: 'sale_payment', from: 'payments', record: salePayment },
] as const satisfies readonly Child[]

const plain = { walk: 'version', key: ['id'], children: [] } as const

/** All that is mirrored, in the order in which a first sync wants it: what others refer to comes before them. */
export const entities = [
  { ...plain, name: 'outlets', table: 'outlet', endpoint: 'outlets', record: outlet },
  { ...plain, name: 'registers', table: 'register', endpoint: 'registers', record: register },
  { ...plain, name: 'users', table: 'user', endpoint: 'users', record: user },
  { ...plain, name: 'taxes', table: 'tax', endpoint: 'taxes', record: tax },
  { ...plain, name: 'payment-types', table: 'payment_type', endpoint: 'payment_types', record: paymentType },
  { ...plain, name: 'brands', table: 'brand', endpoint: 'brands', record: catalogue.brand },
  { ...plain, name: 'suppliers', table: 'supplier', endpoint: 'suppliers', record: catalogue.supplier },
  { ...plain, name: 'categories', table: 'product_type', endpoint: 'product_types', record: catalogue.productType },
  { ...plain, name: 'tags', table: 'tag', endpoint: 'tags', record: catalogue.tag },
  {
    ...plain,
    name: 'variant-attributes',
    table: 'variant_attribute',
    endpoint: 'variant_attributes',
    walk: 'whole',
    record: catalogue.variantAttribute,
  },
  { ...plain, name: 'customer-groups', table: 'customer_group', endpoint: 'customer_groups', record: customerGroup },
  { ...plain, name: 'price-books', table: 'price_book', endpoint: 'price_books', record: priceBook },
  {
    ...plain,
    name: 'products',
    table: 'product',
    endpoint: 'products',
    record: catalogue.product,
    children: productChildren,
  },
  { ...plain, name: 'inventory', table: 'inventory', endpoint: 'inventory', record: inventory },
  { ...plain, name: 'customers', table: 'customer', endpoint: 'customers', record: customer },
  {
    ...plain,
    name: 'outlet-taxes',
    table: 'outlet_tax',
    endpoint: 'outlet_taxes',
    key: ['outlet_id', 'product_id'],
    record: outletTax,
  },
  {
    ...plain,
    name: 'price-book-products',
    table: 'price_book_product',
    endpoint: 'price_book_products',
    record: priceBookProduct,
  },
  { ...plain, name: 'consignments', table: 'consignment', endpoint: 'consignments', record: consignment },
  {
    ...plain,
    name: 'consignment-products',
    table: 'consignment_product',
    endpoint: 'consignment_products',
    walk: 'nested',
    key: ['consignment_id', 'product_id', 'occurrence'],
    record: consignmentProduct,
    nestedIn: { entity: 'consignments', column: 'consignment_id' },
  },
  { ...plain, name: 'sales', table: 'sale', endpoint: 'sales', record: sale, children: saleChildren },
  {
    ...plain,
    name: 'register-closures',
    table: 'register_closure',
    endpoint: 'payments_summary',
    walk: 'nested',
    key: ['register_closure_id'],
    record: registerClosure,
    nestedIn: { entity: 'registers', column: 'register_id' },
  },
] as const satisfies readonly Entity[]

/** What can be read of the mirror under its own name: every entity, and the lists unpacked from them. */
export type Resource = { name: string; table: string; key: readonly string[] }

export const resources: readonly Resource[] = entities.flatMap((entity: Entity) => [
  { name: entity.name, table: entity.table, key: entity.key },
  ...entity.children.map(({ name, table, owner }) => ({ name, table, key: [owner, 'position'] })),
])

const entityByName = new Map<string, Entity>(entities.map((entity) => [entity.name, entity]))
const resourceByName = new Map(resources.map((resource) => [resource.name, resource]))

/** Throws a Refusal `entity_unknown` that lists the known names. */
export function entityNamed(name: string): Entity {
  return entityByName.get(name) ?? refuse(name, entityByName.keys())
}

/** Throws a Refusal `entity_unknown` that lists the known names. */
export function resourceNamed(name: string): Resource {
  return resourceByName.get(name) ?? refuse(name, resourceByName.keys())
}

function refuse(name: string, known: Iterable<string>): never {
  const names = [...known].toSorted()
  throw new Refusal(
    'not_found',
    'entity_unknown',
    `There is no "${name}" in the mirror. There are: ${names.join(', ')}.`,
    {
      known: names,
    },
  )
}
