import type { ProductRow } from './products.store.ts'

/** As the API tells it: `onHand` only where one outlet was asked for. */
export function productView(row: ProductRow) {
  return {
    id: row.id,
    sku: row.sku,
    name: row.name,
    supplierId: row.supplier_id,
    supplierCode: row.supplier_code,
    isActive: row.is_active,
    imageUrl: row.image_url,
    codes: row.codes,
    onHand: row.level,
  }
}
