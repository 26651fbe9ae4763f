import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** Of one document the lines with products of another one, as they are planned. */
export async function listPlannedOf(db: Db, consignmentId: string, ofWhich: string) {
  return db
    .selectFrom('consignment_line as line')
    .where('line.consignment_id', '=', consignmentId)
    .where(sql<boolean>`line.product_id in (select product_id from consignment_line where consignment_id = ${ofWhich})`)
    .select(['line.product_id', 'line.quantity', 'line.unit_cost', 'line.pack_size', 'line.supplier_code'])
    .orderBy('line.position')
    .execute()
}

/** Products of which there would be more than a line holds. */
export async function tooManyOf(db: Db, from: string, to: string): Promise<string[]> {
  const { rows } = await sql<{ product_id: string }>`
    select there.product_id from consignment_line here join consignment_line there using (product_id)
    where here.consignment_id = ${from} and there.consignment_id = ${to}
      and here.quantity + there.quantity >= 1000000`.execute(db)
  return rows.map((row) => row.product_id)
}

/** Adds what the lines of one document plan to another one: to its own lines of the same products, else behind them. */
export async function moveLines(tx: Db, from: string, to: string) {
  await sql`
    update consignment_line there set quantity = there.quantity + here.quantity
    from consignment_line here
    where here.consignment_id = ${from} and there.consignment_id = ${to} and there.product_id = here.product_id`.execute(
    tx,
  )
  await sql`
    insert into consignment_line (consignment_id, position, product_id, quantity, unit_cost, pack_size, supplier_code)
    select ${to}, place.last + row_number() over (order by here.position), here.product_id, here.quantity, here.unit_cost,
      here.pack_size, here.supplier_code
    from consignment_line here
    cross join (select coalesce(max(position), 0) as last from consignment_line where consignment_id = ${to}) as place
    where here.consignment_id = ${from}
    on conflict (consignment_id, product_id) do nothing`.execute(tx)
}
