import type { Shape } from './shape.ts'
import {
  address,
  customer,
  priceBook,
  priceBookProduct,
  product,
  register,
  sale,
  stamps,
  tax,
  user,
} from './shapes-of-trade.ts'

/** What brands, tags, types and the like have in common. */
const label = { id: 'uuid', name: 'text', 'deleted_at?': 'time', 'version?': 'whole' } as const satisfies Shape

/** An order, a transfer, a return or a count. */
export const consignment = {
  id: 'uuid',
  outlet_id: 'uuid',
  name: 'text',
  type: 'text',
  status: 'text',
  'consignment_date?': 'time',
  'due_at?': 'time',
  'received_at?': 'time',
  'supplier_id?': 'uuid',
  'source_outlet_id?': 'uuid',
  'supplier_invoice?': 'text',
  'reference?': 'text',
  'show_inactive?': 'flag',
  'filters?': 'list',
  'total_count_gain?': 'number',
  'total_cost_gain?': 'number',
  'total_count_loss?': 'number',
  'total_cost_loss?': 'number',
  ...stamps,
} as const satisfies Shape

/** One product of a consignment: it has no id, and its quantities are text. */
export const line = {
  product_id: 'uuid',
  'product_sku?': 'text',
  'count?': 'decimal',
  'received?': 'decimal',
  'cost?': 'decimal',
  'is_included?': 'flag',
  'status?': 'text',
  ...stamps,
} as const satisfies Shape

export const totals = {
  total_sent_count: 'decimal',
  total_sent_cost: 'decimal',
  total_received_count: 'decimal',
  total_received_cost: 'decimal',
} as const satisfies Shape

/** Rows of the level of a product at an outlet. */
export const inventory = {
  id: 'uuid',
  product_id: 'uuid',
  outlet_id: 'uuid',
  inventory_level: 'number',
  'current_amount?': 'number',
  'average_cost?': 'number',
  'reorder_point?': 'number',
  'reorder_amount?': 'number',
  'deleted_at?': 'time',
  version: 'whole',
} as const satisfies Shape

export type List = {
  path: string
  shape: Shape
  /** What tells two rows apart. */
  key?: readonly string[]
  /** Single rows lie under the list's path. */
  single?: true
  /** The parameter `deleted` is documented. */
  deleted?: true
  /** No cursor: the whole list at once. */
  whole?: true
}

const contact = {
  'contact?': 'object',
  'description?': 'text',
  'source?': 'text',
  'default_markup?': 'number',
} as const

/** Every list that the mirror reads. */
export const lists: readonly List[] = [
  { path: '/products', shape: product, single: true, deleted: true },
  { path: '/product_types', shape: { ...label, 'leaf_category?': 'flag', 'category_path?': 'list' }, single: true },
  { path: '/brands', shape: label, single: true },
  { path: '/suppliers', shape: { ...label, ...contact }, single: true },
  { path: '/tags', shape: label, single: true, deleted: true },
  { path: '/variant_attributes', shape: { id: 'uuid', name: 'text' }, whole: true, deleted: true },
  { path: '/inventory', shape: inventory },
  {
    path: '/outlets',
    shape: { ...label, 'time_zone?': 'text', 'currency?': 'text', 'attributes?': 'list', ...address },
    single: true,
    deleted: true,
  },
  { path: '/registers', shape: register, single: true, deleted: true },
  { path: '/users', shape: user },
  { path: '/taxes', shape: tax },
  {
    path: '/outlet_taxes',
    shape: { outlet_id: 'uuid', product_id: 'uuid', tax_id: 'uuid', 'deleted_at?': 'time', version: 'whole' },
    key: ['outlet_id', 'product_id'],
    deleted: true,
  },
  { path: '/payment_types', shape: { ...label, type_id: 'text or number', 'config?': 'object' } },
  { path: '/price_books', shape: priceBook, single: true },
  { path: '/price_book_products', shape: priceBookProduct },
  { path: '/customers', shape: customer, single: true, deleted: true },
  { path: '/customer_groups', shape: { ...label, 'group_id?': 'text', ...stamps }, single: true, deleted: true },
  { path: '/sales', shape: sale, single: true },
  { path: '/consignments', shape: consignment, single: true },
]
