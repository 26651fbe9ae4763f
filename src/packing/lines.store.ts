import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** How far each of these lines is packed; decimals as text. */
export async function listPacked(db: Db, consignmentId: string, lineIds: readonly string[]) {
  return db
    .selectFrom('consignment_line as line')
    .leftJoin('mirror.product as product', 'product.id', 'line.product_id')
    .where('line.consignment_id', '=', consignmentId)
    .where('line.id', '=', sql<string>`any(${lineIds}::uuid[])`)
    .select(['line.id as lineId', 'line.product_id as productId', 'line.origin', 'product.sku'])
    .select(sql<string | null>`coalesce(product.variant_name, product.name)`.as('name'))
    .select(sql<string>`trim_scale(line.quantity)::text`.as('planned'))
    .select(sql<string>`trim_scale(line.packed)::text`.as('packed'))
    .orderBy('line.position')
    .execute()
}

/** Where nobody put anything into a box, what is planned goes as it is. */
export async function packAsPlanned(tx: Db, consignmentId: string) {
  await sql`
    update consignment_line set packed = quantity
    where consignment_id = ${consignmentId} and quantity > 0
      and not exists (select from consignment_line l where l.consignment_id = ${consignmentId} and l.packed > 0)`.execute(
    tx,
  )
}

/** What is packed is what lies in the boxes, nothing else. */
export async function recountAll(tx: Db, consignmentId: string) {
  await sql`
    update consignment_line line set packed = counted.quantity
    from (
      select l.id, coalesce(sum(item.quantity), 0) as quantity
      from consignment_line l left join consignment_box_item item on item.line_id = l.id
      where l.consignment_id = ${consignmentId}
      group by l.id
    ) counted
    where line.id = counted.id and line.packed <> counted.quantity`.execute(tx)
}
