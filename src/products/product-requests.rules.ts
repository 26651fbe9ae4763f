import type { Fields, Value } from '../writes/merging.rules.ts'
import { codesOf, type ThereProduct } from './product-fields.rules.ts'

export function creationRequest(set: Fields, token: string) {
  return { method: 'POST', path: '/api/2.0/products', body: creationBody(set, token) } as const
}

export function changeRequest(
  id: string,
  fields: readonly string[],
  { set, there }: { set: Fields; there: ThereProduct },
) {
  return { method: 'PUT', path: `/api/2.1/products/${id}`, body: changeBody(fields, set, there) } as const
}

export function deletionRequest(id: string) {
  return { method: 'DELETE', path: `/api/2.0/products/${id}` } as const
}

/** The body that makes a product. Our token stands in `source_id`, by which it is found again. */
function creationBody(set: Fields, token: string): object {
  const plain = { name: set['name'], sku: set['sku'], description: set['description'], brand_id: set['brandId'] }
  const partner = { supplier_id: set['supplierId'], supplier_code: set['supplierCode'] }
  return {
    ...present({ ...plain, ...partner, is_active: set['isActive'] }),
    ...numbers({
      supply_price: set['supplyPrice'],
      price_including_tax: set['priceIncludingTax'],
      price_excluding_tax: set['priceExcludingTax'],
    }),
    product_codes: coded([String(set['sku']), ...listOf(set['codes'])], []),
    source_id: token,
  }
}

/**
 * The body that changes these fields and no others. `common` is the whole family's. Suppliers and codes are lists that
 * Lightspeed replaces, so the rest of what is there goes along.
 */
function changeBody(fields: readonly string[], set: Fields, there: ThereProduct): { common: object; details: object } {
  const wished: Fields = Object.fromEntries(Object.entries(set).filter(([name]) => fields.includes(name)))
  const changesSupplier = fields.includes('supplierId')
  const supplies = fields.some((name) => ['supplierId', 'supplierCode', 'supplyPrice'].includes(name))
  const suppliers = supplies ? { product_suppliers: suppliersWith(wished, there) } : {}
  const coding = fields.some((name) => ['sku', 'codes'].includes(name))
  const all = [String(wished['sku'] ?? there.sku ?? ''), ...listOf(wished['codes'] ?? codesOf(there))]
  return {
    common: {
      ...present({ name: wished['name'] }),
      ...emptied({ description: wished['description'], brand_id: wished['brandId'] }),
      ...(changesSupplier ? suppliers : {}),
    },
    details: {
      ...present({ is_active: wished['isActive'] }),
      ...numbers({
        price_including_tax: wished['priceIncludingTax'],
        price_excluding_tax: wished['priceExcludingTax'],
      }),
      ...(coding ? { product_codes: coded(all, there.codes) } : {}),
      ...(changesSupplier ? {} : suppliers),
    },
  }
}

/** The supplier that counts stands first; the others stay behind. */
function suppliersWith(wished: Fields, there: ThereProduct): object[] {
  const [first] = there.suppliers
  const id = String(wished['supplierId'] ?? there.supplier_id ?? first?.supplier_id ?? '')
  const own = there.suppliers.find((one) => one.supplier_id === id)
  const code = 'supplierCode' in wished ? (wished['supplierCode'] ?? '') : (own?.code ?? there.supplier_code ?? '')
  const cost = String(wished['supplyPrice'] ?? own?.price ?? there.supply_price ?? '0')
  const others = there.suppliers.filter((one) => one.supplier_id !== id)
  return [
    { supplier_id: id, code, price: JSON.rawJSON(cost) },
    ...others.map((one) => ({ supplier_id: one.supplier_id, code: one.code, price: JSON.rawJSON(one.price) })),
  ]
}

function coded(codes: readonly string[], known: ThereProduct['codes']): object[] {
  return [...new Set(codes)].map((code) => ({
    type: known.find((one) => one.code === code)?.type ?? typeOf(code),
    code,
  }))
}

function typeOf(code: string): string {
  if (/^\d{12}$/.test(code)) return 'UPC'
  return /^\d{13}$/.test(code) ? 'EAN' : 'CUSTOM'
}

function present(fields: Record<string, Value | undefined>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null))
}

/** What is to be empty is sent as an empty text. */
function emptied(fields: Record<string, Value | undefined>): object {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, value ?? '']))
}

/** Amounts go as JSON numbers written out, with the digits that they have. */
function numbers(fields: Record<string, Value | undefined>): object {
  const given = Object.entries(fields).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(given.map(([name, value]) => [name, JSON.rawJSON(String(value))]))
}

function listOf(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
