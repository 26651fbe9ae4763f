import { listProducts } from '../consignments/catalogue.store.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { insertLines } from '../consignments/lines.store.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { listExpected } from './counts.store.ts'

/** Products that nobody ordered become lines with nothing planned. Answers the line of each product. */
export async function addUnexpected(
  tx: Db,
  context: Context,
  head: Head,
  productIds: ReadonlySet<string>,
): Promise<Map<string, string>> {
  if (productIds.size === 0) return new Map()
  const lines = [...productIds].map((productId) => ({
    productId,
    quantity: '0',
    unitCost: null,
    packSize: null,
    supplierCode: null,
  }))
  await insertLines(tx, head, lines, 'unexpected')
  const after = lines.map(({ productId }) => ({ productId, quantity: '0', origin: 'unexpected' }))
  await note(tx, context, head.id, { action: 'consignment.lines_added', before: null, after })
  const added = await listExpected(tx, head, [...productIds])
  return new Map(added.map((line) => [line.product_id, line.id]))
}

/** Of products that are not in the document, those that Lightspeed could not take in, and why. */
export async function whyNotTaken(tx: Db, productIds: readonly string[]): Promise<Map<string, string>> {
  if (productIds.length === 0) return new Map()
  const products = await listProducts(tx, [...new Set(productIds)])
  const wrong = products.flatMap(({ id, isGone, isComposite }): [string, string][] => {
    if (isGone) return [[id, `the product ${id} was deleted in Lightspeed`]]
    return isComposite ? [[id, `${id} is a composite; scan what it is made of`]] : []
  })
  return new Map(wrong)
}
