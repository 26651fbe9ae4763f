/** The API version is a constant of each endpoint: Lightspeed allows to mix versions, and retires them one by one. */
const v2 = '/api/2.0'

export type Endpoint = {
  /** With {id} where a record of another collection is named. */
  path: string
  /** Whether the list is walked by `after`, `before` and `page_size`, in ascending versions. */
  cursor: boolean
  /** Whether `deleted=true` is asked for, without which tombstones stay away: documented, our judgment, or not at all. */
  deleted: 'documented' | 'judgment' | 'no'
  /** Records asked for in one page. Lightspeed may give fewer: only an empty page is the end. */
  pageSize: number
}

/**
 * The collections that the mirror reads. JUDGMENT of the page sizes: no ceiling is documented for these lists; clients
 * were seen to ask 1,000 of the small rows, and 500 keeps an answer of products or sales (2 to 4 kB a record) under 2 MB.
 */
export const endpoints = {
  products: list('products', { deleted: 'documented', pageSize: 500 }),
  product_types: list('product_types', { deleted: 'judgment' }),
  brands: list('brands', { deleted: 'judgment' }),
  suppliers: list('suppliers', { deleted: 'judgment' }),
  tags: list('tags', { deleted: 'documented' }),
  variant_attributes: list('variant_attributes', { deleted: 'documented', cursor: false }),
  inventory: list('inventory', { deleted: 'judgment' }),
  product_inventory: list('products/{id}/inventory', { deleted: 'no' }),
  outlets: list('outlets', { deleted: 'documented' }),
  registers: list('registers', { deleted: 'documented' }),
  payments_summary: list('registers/{id}/payments_summary', { deleted: 'no', cursor: false }),
  users: list('users', { deleted: 'judgment' }),
  taxes: list('taxes', { deleted: 'judgment' }),
  outlet_taxes: list('outlet_taxes', { deleted: 'documented' }),
  payment_types: list('payment_types', { deleted: 'judgment' }),
  price_books: list('price_books', { deleted: 'judgment' }),
  price_book_products: list('price_book_products', { deleted: 'judgment' }),
  customers: list('customers', { deleted: 'documented' }),
  customer_groups: list('customer_groups', { deleted: 'documented' }),
  sales: list('sales', { deleted: 'judgment', pageSize: 500 }),
  consignments: list('consignments', { deleted: 'judgment' }),
  consignment_products: list('consignments/{id}/products', { deleted: 'judgment' }),
  retailer: list('retailer', { deleted: 'no', cursor: false }),
  user: list('user', { deleted: 'no', cursor: false }),
}

/** Where Lightspeed is told to send its webhooks. A shop begins without any. */
export const webhooksEndpoint = list('webhooks', { deleted: 'no', cursor: false })

export type EndpointName = keyof typeof endpoints

type Wishes = { deleted: Endpoint['deleted']; cursor?: boolean; pageSize?: number }

function list(path: string, { deleted, cursor = true, pageSize = 1000 }: Wishes): Endpoint {
  return { path: `${v2}/${path}`, cursor, deleted, pageSize }
}

/** Corrections of stock, each with its reason. Since 2026-01, and in date versions only. */
export const stockAdjustments: Endpoint = {
  path: '/api/2026-07/stock_adjustments',
  cursor: true,
  deleted: 'no',
  pageSize: 1000,
}
