import type { Shape } from './shape.ts'

/** What the records of a shop's trade are, in our own words. Nullable fields are often left out, so `?` is both. */
export const stamps = { 'created_at?': 'time', 'updated_at?': 'time', 'deleted_at?': 'time', version: 'whole' } as const

export const address = {
  'physical_address_1?': 'text',
  'physical_address_2?': 'text',
  'physical_suburb?': 'text',
  'physical_city?': 'text',
  'physical_postcode?': 'text',
  'physical_state?': 'text',
  'physical_country_id?': 'text',
} as const satisfies Shape

export const product = {
  id: 'uuid',
  name: 'text',
  'variant_name?': 'text',
  handle: 'text',
  'sku?': 'text',
  active: 'flag',
  has_inventory: 'flag',
  is_composite: 'flag',
  'has_variants?': 'flag',
  'variant_parent_id?': 'uuid',
  'variant_options?': [{ 'id?': 'uuid', name: 'text', value: 'text' }],
  'description?': 'text',
  'source?': 'text',
  'price_including_tax?': 'number',
  'price_excluding_tax?': 'number',
  'supply_price?': 'number',
  'supplier_id?': 'uuid',
  'brand_id?': 'uuid',
  'product_type_id?': 'uuid',
  'type?': 'relation',
  'supplier?': 'relation',
  'brand?': 'relation',
  'categories?': [{ id: 'uuid', name: 'text' }],
  'tag_ids?': 'list',
  'product_codes?': [{ type: 'text', code: 'text' }],
  'product_suppliers?': [{ supplier_id: 'uuid', 'code?': 'text', 'price?': 'number' }],
  'images?': [{ id: 'uuid', 'url?': 'text', 'sizes?': 'object' }],
  'attributes?': 'list',
  'button_order?': 'whole',
  ...stamps,
} as const satisfies Shape

const saleLine = {
  id: 'uuid',
  product_id: 'uuid',
  'tax_id?': 'uuid',
  quantity: 'number',
  price: 'number',
  'price_total?': 'number',
  'cost?': 'number',
  'discount?': 'number',
  tax_total: 'number',
  'is_return?': 'flag',
  'status?': 'text',
  'sequence?': 'whole',
} as const satisfies Shape

const payment = {
  id: 'uuid',
  'register_id?': 'uuid',
  'retailer_payment_type_id?': 'uuid',
  /** A number that is written as text. */
  'payment_type_id?': 'text or number',
  amount: 'number',
  'payment_date?': 'time',
} as const satisfies Shape

export const sale = {
  id: 'uuid',
  outlet_id: 'uuid',
  register_id: 'uuid',
  'user_id?': 'uuid',
  'customer_id?': 'uuid',
  /** With the register's prefix and suffix, so it is no number. */
  'invoice_number?': 'text',
  status: 'text',
  state: 'text',
  'note?': 'text',
  'return_for?': 'text',
  total_price: 'number',
  total_tax: 'number',
  sale_date: 'time',
  line_items: [saleLine],
  payments: [payment],
  'taxes?': 'list',
  'attributes?': 'list',
  ...stamps,
} as const satisfies Shape

export const customer = {
  id: 'uuid',
  'first_name?': 'text',
  'last_name?': 'text',
  customer_code: 'text',
  'customer_group_id?': 'uuid',
  'email?': 'text',
  'phone?': 'text',
  'mobile?': 'text',
  'date_of_birth?': 'text',
  'gender?': 'text',
  'do_not_email?': 'flag',
  'enable_loyalty?': 'flag',
  'balance?': 'number',
  'loyalty_balance?': 'number',
  'year_to_date?': 'number',
  'on_account_limit?': 'number',
  ...address,
  ...stamps,
} as const satisfies Shape

export const register = {
  id: 'uuid',
  name: 'text',
  outlet_id: 'uuid',
  'is_open?': 'flag',
  'invoice_prefix?': 'text',
  'invoice_suffix?': 'text',
  'invoice_sequence?': 'number',
  'register_open_time?': 'time',
  'register_close_time?': 'time',
  'deleted_at?': 'time',
  version: 'whole',
} as const satisfies Shape

export const user = {
  id: 'uuid',
  username: 'text',
  'display_name?': 'text',
  account_type: 'text',
  'roles?': 'list',
  'restricted_outlet_ids?': 'list',
  is_primary_user: 'flag',
  ...stamps,
} as const satisfies Shape

export const tax = {
  id: 'uuid',
  'name?': 'text',
  display_name: 'text',
  is_default: 'flag',
  rates: [{ id: 'uuid', name: 'text', rate: 'number', display_name: 'text' }],
  'deleted_at?': 'time',
  version: 'whole',
} as const satisfies Shape

export const priceBook = {
  id: 'uuid',
  name: 'text',
  type: 'text',
  customer_group_id: 'uuid',
  'outlet_id?': 'uuid',
  'outlet?': 'relation',
  'valid_from?': 'text',
  'valid_to?': 'text',
  /** A number that is written as text. */
  'restrict_to_platform_key?': 'text',
  version: 'whole',
} as const satisfies Shape

export const priceBookProduct = {
  id: 'uuid',
  product_id: 'uuid',
  price_book_id: 'uuid',
  price: 'number',
  'tax_id?': 'uuid',
  'loyalty_value?': 'number',
  'min_units?': 'number',
  'max_units?': 'number',
  ...stamps,
} as const satisfies Shape
