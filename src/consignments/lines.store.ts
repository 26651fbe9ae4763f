import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type LineRow = Awaited<ReturnType<typeof listLines>>[number]

/** A line as it is planned: decimals as text, null where the catalogue is to say. */
export type NewLine = {
  productId: string
  quantity: string
  unitCost: string | null
  packSize: string | null
  supplierCode: string | null
}

export type LineChange = { [Field in Exclude<keyof NewLine, 'productId'>]?: NewLine[Field] | undefined }

export async function listLines(db: Db, consignmentId: string) {
  return db
    .selectFrom('consignment_line as line')
    .leftJoin('mirror.product as product', 'product.id', 'line.product_id')
    .leftJoin('supplier_return_line as back', 'back.line_id', 'line.id')
    .where('line.consignment_id', '=', consignmentId)
    .selectAll('line')
    .select(['product.sku', 'product.name', 'product.variant_name', 'back.reason', 'back.quarantined'])
    .orderBy('line.position')
    .execute()
}

/** Adds lines behind the others, in one statement; costs and codes that were not given are the catalogue's of now. */
export async function insertLines(
  tx: Db,
  { id, source_outlet_id }: { id: string; source_outlet_id: string | null },
  lines: readonly NewLine[],
  origin: 'planned' | 'unexpected' = 'planned',
): Promise<void> {
  await sql`
    insert into consignment_line
      (consignment_id, position, product_id, origin, quantity, unit_cost, pack_size, supplier_code)
    select ${id}, place.last + given.at, given.product_id, ${origin}, given.quantity,
      coalesce(given.unit_cost, held.average_cost, product.supply_price)::numeric(12, 5), given.pack_size,
      coalesce(given.supplier_code, nullif(product.supplier_code, ''))
    from unnest(${lines.map((line) => line.productId)}::text[], ${lines.map((line) => line.quantity)}::numeric[],
      ${lines.map((line) => line.unitCost)}::numeric[], ${lines.map((line) => line.packSize)}::numeric[],
      ${lines.map((line) => line.supplierCode)}::text[])
      with ordinality as given (product_id, quantity, unit_cost, pack_size, supplier_code, at)
    cross join (select coalesce(max(position), 0) as last from consignment_line where consignment_id = ${id}) as place
    left join mirror.product on product.id = given.product_id
    left join lateral (
      select average_cost from mirror.inventory
      where inventory.product_id = given.product_id and inventory.outlet_id = ${source_outlet_id} and average_cost > 0
      limit 1
    ) as held on true
    order by given.at`.execute(tx)
}

export async function findLine(db: Db, consignmentId: string, lineId: string) {
  return db
    .selectFrom('consignment_line')
    .selectAll()
    .where('consignment_id', '=', consignmentId)
    .where('id', '=', lineId)
    .executeTakeFirst()
}

export async function changeLine(tx: Db, lineId: string, { quantity, unitCost, packSize, supplierCode }: LineChange) {
  const change = {
    ...(quantity === undefined ? {} : { quantity }),
    ...(unitCost === undefined ? {} : { unit_cost: unitCost }),
    ...(packSize === undefined ? {} : { pack_size: packSize }),
    ...(supplierCode === undefined ? {} : { supplier_code: supplierCode }),
  }
  await tx.updateTable('consignment_line').set(change).where('id', '=', lineId).execute()
}

export async function deleteLine(tx: Db, lineId: string) {
  await tx.deleteFrom('consignment_line').where('id', '=', lineId).execute()
}

/** Of these products, those in the document already. */
export async function productsIn(db: Db, consignmentId: string, productIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('consignment_line')
    .select('product_id')
    .where('consignment_id', '=', consignmentId)
    .where('product_id', '=', sql<string>`any(${productIds}::text[])`)
    .execute()
  return rows.map((row) => row.product_id)
}
