import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import type { Fields } from '../writes/merging.rules.ts'

/** A product as Lightspeed tells it, as far as it can be changed from here. */
export type ThereProduct = {
  name: string | null
  sku: string | null
  description: string | null
  is_active: boolean | null
  active: boolean | null
  supply_price: string | null
  price_including_tax: string | null
  price_excluding_tax: string | null
  supplier_id: string | null
  supplier_code: string | null
  brand_id: string | null
  codes: readonly { type: string; code: string }[]
  suppliers: readonly { supplier_id: string; code: string; price: string }[]
}

/** Its fields as they are compared. Codes without the SKU, which Lightspeed lists among them. */
export function fieldsOf(product: ThereProduct): Fields {
  return {
    name: product.name,
    sku: product.sku,
    description: product.description === '' ? null : product.description,
    isActive: product.is_active ?? product.active ?? true,
    supplyPrice: price(product.supply_price),
    priceIncludingTax: price(product.price_including_tax),
    priceExcludingTax: price(product.price_excluding_tax),
    supplierId: product.supplier_id,
    supplierCode: product.supplier_code === '' ? null : product.supplier_code,
    brandId: product.brand_id,
    codes: codesOf(product),
  }
}

/** Without the SKU, in order. */
export function codesOf({ codes, sku }: ThereProduct): string[] {
  return codes.flatMap(({ code }) => (code === sku ? [] : [code])).toSorted()
}

/** Lightspeed tells prices with up to five places, and sometimes as a float. */
function price(said: string | null): string | null {
  if (said === null) return null
  const [whole = '', fraction = ''] = said.split('.')
  const exact = readDecimal(fraction === '' ? whole : `${whole}.${fraction.slice(0, 5)}`, 5)
  return exact === undefined ? said : sayDecimal(exact, 5)
}
