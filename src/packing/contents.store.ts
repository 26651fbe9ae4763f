import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { quantityOf, type Adding, type PackLine } from './contents.rules.ts'
import { sayQuantity } from '../kernel/quantity.ts'

/** An item that was put into a box: `id` is its sender's. */
export type ItemEvent = Adding & { id: string; code: string | null }

/** Of these items, those that are there already, with the line they went to. */
export async function knownItems(tx: Db, consignmentId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('box_item_event')
    .select(['id', 'line_id'])
    .where('consignment_id', '=', consignmentId)
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, line_id: lineId }) => [id, lineId]))
}

/** Lines of a document by their products, in the order of locking. */
export async function lockLinesOf(tx: Db, consignmentId: string, productIds: readonly string[]): Promise<PackLine[]> {
  const rows = await tx
    .selectFrom('consignment_line')
    .select(['id', 'product_id', 'quantity', 'packed'])
    .where('consignment_id', '=', consignmentId)
    .where('product_id', '=', sql<string>`any(${productIds}::text[])`)
    .orderBy('position')
    .forUpdate()
    .execute()
  return rows.map((row) => ({
    lineId: row.id,
    productId: row.product_id,
    planned: quantityOf(row.quantity),
    packed: quantityOf(row.packed),
  }))
}

export async function findPackLine(tx: Db, consignmentId: string, lineId: string): Promise<PackLine | undefined> {
  const row = await tx
    .selectFrom('consignment_line')
    .select(['id', 'product_id', 'quantity', 'packed'])
    .where('consignment_id', '=', consignmentId)
    .where('id', '=', lineId)
    .forUpdate()
    .executeTakeFirst()
  return (
    row && {
      lineId: row.id,
      productId: row.product_id,
      planned: quantityOf(row.quantity),
      packed: quantityOf(row.packed),
    }
  )
}

export async function insertItems(
  tx: Db,
  { consignmentId, boxId, actor }: { consignmentId: string; boxId: string; actor: string },
  items: readonly ItemEvent[],
) {
  await sql`
    insert into box_item_event (consignment_id, id, box_id, line_id, quantity, code, actor)
    select ${consignmentId}, given.id, ${boxId}, given.line_id, given.quantity, given.code, ${actor}
    from unnest(${items.map(({ id }) => id)}::uuid[], ${items.map(({ lineId }) => lineId)}::uuid[],
      ${items.map(({ quantity }) => sayQuantity(quantity))}::numeric[], ${items.map(({ code }) => code)}::text[])
      as given (id, line_id, quantity, code)`.execute(tx)
}

/** Adds to what is in a box, and counts the lines again. */
export async function addToBox(tx: Db, boxId: string, adds: readonly Adding[]) {
  const lineIds = adds.map(({ lineId }) => lineId)
  await sql`
    insert into consignment_box_item as item (box_id, line_id, quantity)
    select ${boxId}, given.line_id, given.quantity
    from unnest(${lineIds}::uuid[], ${adds.map(({ quantity }) => sayQuantity(quantity))}::numeric[]) as given (line_id, quantity)
    on conflict (box_id, line_id) do update set quantity = item.quantity + excluded.quantity`.execute(tx)
  await recountPacked(tx, lineIds)
}

/** How much of a line is in a box. */
export async function quantityIn(tx: Db, boxId: string, lineId: string): Promise<bigint> {
  const row = await tx
    .selectFrom('consignment_box_item')
    .select('quantity')
    .where('box_id', '=', boxId)
    .where('line_id', '=', lineId)
    .executeTakeFirst()
  return row ? quantityOf(row.quantity) : 0n
}

/** Says how much of a line is in a box, nothing included, and counts the line again. */
export async function setInBox(tx: Db, boxId: string, { lineId, quantity }: Adding) {
  const own = tx.deleteFrom('consignment_box_item').where('box_id', '=', boxId).where('line_id', '=', lineId)
  await own.execute()
  const row = { box_id: boxId, line_id: lineId, quantity: sayQuantity(quantity) }
  if (quantity > 0n) await tx.insertInto('consignment_box_item').values(row).execute()
  await recountPacked(tx, [lineId])
}

/** What is packed of a line is what lies in the boxes. */
export async function recountPacked(tx: Db, lineIds: readonly string[]) {
  await sql`
    update consignment_line line set packed = counted.quantity
    from (
      select given.id, coalesce(sum(item.quantity), 0) as quantity
      from unnest(${lineIds}::uuid[]) as given (id) left join consignment_box_item item on item.line_id = given.id
      group by given.id
    ) counted
    where line.id = counted.id and line.packed <> counted.quantity`.execute(tx)
}
