import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { readDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import { quantityOf } from './contents.rules.ts'
import type { PackedLine, Warning } from './warnings.rules.ts'

/** The lines of a document as they would leave, with the products they are of. */
export async function listLeaving(db: Db, consignmentId: string): Promise<(PackedLine & { productId: string })[]> {
  const rows = await db
    .selectFrom('consignment_line as line')
    .leftJoin('mirror.product as product', 'product.id', 'line.product_id')
    .where('line.consignment_id', '=', consignmentId)
    .select(['line.id', 'line.product_id', 'line.quantity', 'line.packed'])
    .select(sql<string>`coalesce(product.sku, line.product_id)`.as('name'))
    .orderBy('line.position')
    .execute()
  return rows.map(({ id, product_id: productId, name, quantity, packed }) => {
    return { lineId: id, productId, name, planned: quantityOf(quantity), packed: quantityOf(packed) }
  })
}

/** What is available may be below zero; decimals as text. */
export function signedOf(numeric: string): bigint {
  const value = readDecimal(numeric, quantityPlaces)
  if (value !== undefined) return value
  throw new Error(`The database holds the quantity ${numeric}`)
}

/** The keys of the warnings that were passed since the boxes were last opened. */
export async function listPassed(db: Db, consignmentId: string): Promise<string[]> {
  const rows = await db.selectFrom('passed_warning').select('key').where('consignment_id', '=', consignmentId).execute()
  return rows.map(({ key }) => key)
}

export async function savePassed(
  tx: Db,
  { consignmentId, act, actor }: { consignmentId: string; act: 'seal' | 'send'; actor: string },
  warnings: readonly Warning[],
) {
  const rows = warnings.map(({ key, code, message }) => {
    return { consignment_id: consignmentId, key, code, message, act, actor }
  })
  if (rows.length === 0) return
  await tx
    .insertInto('passed_warning')
    .values(rows)
    .onConflict((at) => at.doNothing())
    .execute()
}

/** Opened again, everything is looked at anew when the boxes are closed. */
export async function forgetPassed(tx: Db, consignmentId: string) {
  await tx.deleteFrom('passed_warning').where('consignment_id', '=', consignmentId).execute()
}
