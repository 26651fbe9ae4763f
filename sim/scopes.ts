/** The scope that reading or writing under a path asks for, by the first segment after the version. Writes of consignments ask by type. */
const scopes: { [resource: string]: { read?: string; write?: string } } = {
  products: { read: 'products:read', write: 'products:write' },
  product_types: { read: 'products:read', write: 'products:write' },
  product_images: { read: 'products:read', write: 'products:write' },
  brands: { read: 'products:read', write: 'products:write' },
  tags: { read: 'products:read', write: 'products:write' },
  variant_attributes: { read: 'products:read', write: 'products:write' },
  search: { read: 'products:read' },
  inventory: { read: 'inventory:read' },
  stock_adjustments: { read: 'inventory:write', write: 'inventory:write' },
  outlets: { read: 'outlets:read' },
  outlet_taxes: { read: 'taxes:read' },
  taxes: { read: 'taxes:read' },
  registers: { read: 'registers:read' },
  users: { read: 'users:read' },
  payment_types: { read: 'payment_types:read' },
  payments: { read: 'payments:read' },
  price_books: { read: 'products:read:price_books' },
  price_book_products: { read: 'products:read:price_books' },
  suppliers: { read: 'suppliers:read', write: 'suppliers:write' },
  customers: { read: 'customers:read', write: 'customers:write' },
  customer_groups: { read: 'customers:read', write: 'customers:write' },
  sales: { read: 'sales:read', write: 'sales:write' },
  register_sales: { read: 'sales:read', write: 'sales:write' },
  consignments: { read: 'consignments:read' },
  retailer: { read: 'retailer:read' },
  webhooks: { read: 'webhooks', write: 'webhooks' },
}

/** The scope a request needs, as far as method and path tell. */
export function scopeFor(method: string, path: string): string | undefined {
  const [resource = '', ...rest] = path.replace(/^\/api\/(\d[\d.-]*\/)?/, '').split('/')
  if (resource === 'registers' && rest.at(-1) === 'open') return 'register:open'
  if (resource === 'registers' && rest.at(-1) === 'close') return 'register:close'
  return scopes[resource]?.[method === 'GET' ? 'read' : 'write']
}
