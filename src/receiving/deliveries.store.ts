import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type DeliveryRow = Exclude<Awaited<ReturnType<typeof findDelivery>>, undefined>

/** By its id, or by the id of a phone that counts along. */
export async function findDelivery(db: Db, consignmentId: string, id: string) {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('consignment_id', '=', consignmentId)
    .where('id', '=', sql<string>`coalesce((select delivery_id from delivery_alias where id = ${id}), ${id})`)
    .executeTakeFirst()
}

export async function findOpenDelivery(db: Db, consignmentId: string) {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('consignment_id', '=', consignmentId)
    .where('completed_at', 'is', null)
    .executeTakeFirst()
}

type NewDelivery = { id: string; consignmentId: string; note: string | null; actor: string }

/** Undefined when another document has a delivery of this id. The document is locked, so that positions follow each other. */
export async function insertDelivery(tx: Db, { id, consignmentId, note, actor }: NewDelivery) {
  const { rows } = await sql<{ id: string }>`
    insert into delivery (id, consignment_id, position, note, started_by, started_at)
    select ${id}, ${consignmentId}, coalesce(max(position), 0) + 1, ${note}, ${actor}, clock_timestamp()
    from delivery where consignment_id = ${consignmentId}
    having not exists (select from delivery_alias where id = ${id})
    on conflict (id) do nothing returning id`.execute(tx)
  return rows.length === 0 ? undefined : findDelivery(tx, consignmentId, id)
}

/** From now on this id means that delivery too. False when it means something else already. */
export async function insertAlias(tx: Db, alias: { id: string; delivery_id: string; actor: string }): Promise<boolean> {
  const { rows } = await sql`
    insert into delivery_alias (id, delivery_id, actor)
    select ${alias.id}, ${alias.delivery_id}, ${alias.actor}
    where not exists (select from delivery where id = ${alias.id})
    on conflict (id) do nothing returning id`.execute(tx)
  return rows.length > 0
}

export type Outcome = 'more_to_come' | 'complete'

/** Ends what is open of this document; undefined when nothing is. */
export async function endDelivery(
  tx: Db,
  consignmentId: string,
  { outcome, actor }: { outcome: Outcome; actor: string },
) {
  return tx
    .updateTable('delivery')
    .set({ outcome, completed_by: actor, completed_at: sql<Date>`clock_timestamp()` })
    .where('consignment_id', '=', consignmentId)
    .where('completed_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

/** With what was scanned in each, the first one first. */
export async function listDeliveries(db: Db, consignmentId: string) {
  return db
    .selectFrom('delivery')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('scan_event')
          .whereRef('scan_event.delivery_id', '=', 'delivery.id')
          .select([
            sql<number>`count(*)`.as('scans'),
            sql<number>`count(distinct product_id)`.as('products'),
            sql<string>`coalesce(sum(quantity), 0)::text`.as('counted'),
          ])
          .as('scanned'),
      (join) => join.onTrue(),
    )
    .selectAll('delivery')
    .select(['scanned.scans', 'scanned.products', 'scanned.counted'])
    .where('consignment_id', '=', consignmentId)
    .orderBy('position')
    .limit(500)
    .execute()
}
