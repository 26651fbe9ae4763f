import { z } from 'zod'
import { boolean, decimal, integer, json, key, reference, text, timestamp, version } from './fields.ts'

/** `rates` are fractions: 0.15 is fifteen per cent. */
export const tax = z.object({
  id: key(),
  name: text(),
  display_name: text(),
  is_default: boolean(),
  rates: json(),
  version: version(),
  deleted_at: timestamp(),
})

/** Which tax a product bears at an outlet. It has no id of its own. */
export const outletTax = z.object({
  outlet_id: key(),
  product_id: key(),
  tax_id: reference(),
  version: version(),
  deleted_at: timestamp(),
})

/** `type_id` says which kind it is to Lightspeed; several may share one. */
export const paymentType = z.object({
  id: key(),
  name: text(),
  type_id: integer(),
  config: json(),
  version: version(),
  deleted_at: timestamp(),
})

/** `valid_from` and `valid_to` may be dates or times, and are kept as they came. */
export const priceBook = z.object({
  id: key(),
  name: text(),
  type: text(),
  customer_group_id: reference(),
  customer_group: json(),
  outlet_id: reference(),
  outlet: json(),
  valid_from: text(),
  valid_to: text(),
  restrict_to_platform_key: text(),
  restrict_to_platform_label: text(),
  created_at: timestamp(),
  updated_at: timestamp(),
  version: version(),
  deleted_at: timestamp(),
})

/** A product's price in a price book, without tax. */
export const priceBookProduct = z.object({
  id: key(),
  product_id: reference(),
  price_book_id: reference(),
  default_display_price: decimal(),
  price: decimal(),
  retail_tax: decimal(),
  loyalty_value: decimal(),
  tax_id: reference(),
  rounding: text(),
  adjustment_type: text(),
  adjustment: decimal(),
  discount: decimal(),
  min_units: decimal(),
  max_units: decimal(),
  created_at: timestamp(),
  updated_at: timestamp(),
  version: version(),
  deleted_at: timestamp(),
})
