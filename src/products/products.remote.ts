import { z } from 'zod'
import { endpoints } from '../lightspeed/endpoints.ts'
import { readContents } from '../lightspeed/envelope.rules.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { product, productCode, productSupplier } from '../lightspeed/wire/catalogue.ts'
import type { Desk } from '../writes/deed.ts'
import type { ThereProduct } from './product-fields.rules.ts'

type Asking = Pick<Desk, 'client' | 'signal'>

export type RemoteProduct = ThereProduct & {
  id: string
  source_id: string | null
  version: number
  deleted_at: string | null
}

const lists = z.object({
  product_codes: z.array(productCode).nullish(),
  product_suppliers: z.array(productSupplier).nullish(),
})

/** A product as Lightspeed has it now; null where it is gone. */
export async function readProduct({ client, signal }: Asking, id: string): Promise<RemoteProduct | null> {
  try {
    const found = productIn(await client.get(endpoints.products, { id }, { signal }))
    return found.deleted_at === null ? found : null
  } catch (error) {
    if (error instanceof LightspeedError && error.kind === 'not_found') return null
    throw error
  }
}

/** The product of this SKU; null where there is none. Asked so, Lightspeed heeds nothing else. */
export async function findBySku({ client, signal }: Asking, sku: string): Promise<RemoteProduct | null> {
  const path = endpoints.products.path
  const { body } = await client.request({ method: 'GET', path, query: { sku }, signal })
  const found = readContents(body).records.map(productIn)
  return found.find((one) => one.sku === sku && one.deleted_at === null) ?? null
}

function productIn(record: unknown): RemoteProduct {
  const row = product.parse(record)
  const { product_codes: codes, product_suppliers: suppliers } = lists.parse(record)
  return {
    ...row,
    codes: (codes ?? []).map(({ type, code }) => ({ type: (type ?? 'CUSTOM').toUpperCase(), code: code ?? '' })),
    suppliers: (suppliers ?? []).map((one) => ({
      supplier_id: one.supplier_id ?? '',
      code: one.code ?? '',
      price: one.price ?? '0',
    })),
  }
}
