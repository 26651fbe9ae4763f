import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type BoxChange = {
  label?: string | null | undefined
  weightGrams?: number | null | undefined
  tareGrams?: number | null | undefined
}

/** A box as it is shown: its number is its place among those that are there. */
export type BoxRow = {
  id: string
  number: number
  of: number
  label: string | null
  weight_grams: number | null
  tare_grams: number | null
  created_by: string
  created_at: Date
}

export async function listBoxes(db: Db, consignmentId: string): Promise<BoxRow[]> {
  const rows = await db
    .selectFrom('consignment_box')
    .select(['id', 'label', 'weight_grams', 'tare_grams', 'created_by', 'created_at'])
    .where('consignment_id', '=', consignmentId)
    .orderBy('position')
    .execute()
  return rows.map((row, at) => Object.assign(row, { number: at + 1, of: rows.length }))
}

export async function insertBox(
  tx: Db,
  { consignmentId, id, actor }: { consignmentId: string; id: string | undefined; actor: string },
  { label = null, weightGrams = null, tareGrams = null }: BoxChange,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into consignment_box (id, consignment_id, position, label, weight_grams, tare_grams, created_by)
    select coalesce(${id}::uuid, gen_random_uuid()), ${consignmentId}, coalesce(max(position), 0) + 1, ${label}, ${weightGrams},
      ${tareGrams}, ${actor}
    from consignment_box where consignment_id = ${consignmentId}
    returning id`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('An inserted box has an id')
  return row.id
}

/** Whose box this id is, in whatever document. */
export async function ownerOfBox(db: Db, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('consignment_box').select('consignment_id').where('id', '=', id).executeTakeFirst()
  return row?.consignment_id
}

export async function changeBox(tx: Db, id: string, { label, weightGrams, tareGrams }: BoxChange) {
  const change = {
    ...(label === undefined ? {} : { label }),
    ...(weightGrams === undefined ? {} : { weight_grams: weightGrams }),
    ...(tareGrams === undefined ? {} : { tare_grams: tareGrams }),
  }
  if (Object.keys(change).length > 0) await tx.updateTable('consignment_box').set(change).where('id', '=', id).execute()
}

/** Takes boxes away with all that is in them; answers the lines that have to be counted again. */
export async function deleteBoxes(tx: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ line_id: string }>`
    select distinct line_id from consignment_box_item where box_id = any(${ids}::uuid[])`.execute(tx)
  await sql`delete from consignment_box where id = any(${ids}::uuid[])`.execute(tx)
  return rows.map((row) => row.line_id)
}

export type ItemRow = {
  box_id: string
  line_id: string
  product_id: string
  sku: string | null
  name: string | null
  quantity: string
  /** Grams of one, and how we know. */
  grams: string
  weight_source: string
}

/** What lies in the boxes of a document (or in one of them), with what one of each weighs: its own weight, else its category's, else 100 g. */
export async function listItems(db: Db, consignmentId: string, boxId: string | null = null): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    with item as (
      select i.box_id, i.line_id, i.quantity, l.position, l.product_id, p.sku, coalesce(p.variant_name, p.name) as name,
        p.product_type_id, grams_of(p.weight, p.weight_unit) as grams
      from consignment_box b
      join consignment_box_item i on i.box_id = b.id
      join consignment_line l on l.id = i.line_id
      left join mirror.product p on p.id = l.product_id
      where b.consignment_id = ${consignmentId} and (${boxId}::uuid is null or b.id = ${boxId}::uuid)
    ), category as (
      select product_type_id, avg(grams_of(weight, weight_unit)) as grams from mirror.product
      where product_type_id in (select product_type_id from item where grams is null) and weight > 0 and deleted_at is null
      group by product_type_id
    )
    select item.box_id, item.line_id, item.product_id, item.sku, item.name, trim_scale(item.quantity)::text as quantity,
      trim_scale(round(coalesce(item.grams, category.grams, 100), 3))::text as grams,
      case when item.grams is not null then 'product' when category.grams is not null then 'category' else 'default' end
        as weight_source
    from item left join category using (product_type_id)
    order by item.box_id, item.position`.execute(db)
  return rows
}
