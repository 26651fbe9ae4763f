import { z } from 'zod'
import { boolean, decimal, integer, json, key, reference, text, timestamp, version } from './fields.ts'

/** A product, or one variant of a family. Money is the default price list's; stock stands in `inventory`. */
export const product = z.object({
  id: key(),
  family_id: reference(),
  name: text(),
  description: text(),
  handle: text(),
  sku: text(),
  source: text(),
  source_id: text(),
  source_variant_id: text(),
  active: boolean(),
  is_active: boolean(),
  has_inventory: boolean(),
  is_composite: boolean(),
  has_variants: boolean(),
  variant_parent_id: reference(),
  variant_name: text(),
  variant_count: integer(),
  price_including_tax: decimal(),
  price_excluding_tax: decimal(),
  supply_price: decimal(),
  supplier_id: reference(),
  supplier_code: text(),
  supplier: json(),
  product_type_id: reference(),
  type: json(),
  brand_id: reference(),
  brand: json(),
  tag_ids: json(),
  categories: json(),
  attributes: json(),
  image_url: text(),
  image_thumbnail_url: text(),
  account_code: text(),
  account_code_purchase: text(),
  button_order: integer(),
  loyalty_amount: decimal(),
  weight: decimal(),
  weight_unit: text(),
  length: decimal(),
  width: decimal(),
  height: decimal(),
  dimensions_unit: text(),
  created_at: timestamp(),
  updated_at: timestamp(),
  version: version(),
  deleted_at: timestamp(),
})

/** A barcode or another code of a product; `type` comes in upper and in lower case. */
export const productCode = z.object({ id: reference(), type: text(), code: text() })

/** Who supplies a product, under which code and at which cost. */
export const productSupplier = z.object({
  id: reference(),
  supplier_id: reference(),
  supplier_name: text(),
  code: text(),
  price: decimal(),
})

/** A picture; `sizes` holds one address a size. Its own version stays in raw. */
export const productImage = z.object({ id: reference(), url: text(), sizes: json() })

/** What tells a variant from its family: `id` is the attribute's, and old data repeats it. */
export const productVariantOption = z.object({ id: reference(), name: text(), value: text() })

/** A component of a composite product, and how many of it. */
export const productComposite = z.object({ product_id: reference(), quantity: decimal() })

/** Shown to people as a category. */
export const productType = z.object({
  id: key(),
  name: text(),
  leaf_category: boolean(),
  category_path: json(),
  version: version(),
  deleted_at: timestamp(),
})

export const brand = z.object({ id: key(), name: text(), version: version(), deleted_at: timestamp() })

export const tag = z.object({ id: key(), name: text(), version: version(), deleted_at: timestamp() })

/** Its list has no version cursor, so the version is always 0. */
export const variantAttribute = z.object({ id: key(), name: text(), version: version(), deleted_at: timestamp() })

export const supplier = z.object({
  id: key(),
  name: text(),
  description: text(),
  default_markup: decimal(),
  contact: json(),
  source: text(),
  version: version(),
  deleted_at: timestamp(),
})
