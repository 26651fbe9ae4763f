import { sql } from 'kysely'
import type { Head } from '../consignments/consignments.store.ts'
import type { Db } from '../db/database.ts'
import { expectedOf } from './counts.store.ts'

type Asking = { deliveryId: string | null; actor: string; lineIds?: readonly string[] }

/**
 * Asks the outlet that sent a transfer about each line of which less was counted than it sent, unless it is asked already.
 * Answers how many lines.
 */
export async function askForRecounts(tx: Db, head: Head, { deliveryId, actor, lineIds }: Asking): Promise<number> {
  if (head.type !== 'OUTLET_TRANSFER' || head.source_outlet_id === null) return 0
  const { rows } = await sql`
    insert into recount_request (consignment_id, line_id, delivery_id, outlet_id, expected, counted, asked_by)
    select l.consignment_id, l.id, ${deliveryId}::uuid, ${head.source_outlet_id}, e.expected, e.counted, ${actor}
    from consignment_line l
    cross join lateral (
      select ${expectedOf(head)} as expected, coalesce((
        select sum(quantity) from scan_event s where s.consignment_id = l.consignment_id and s.product_id = l.product_id
      ), 0) as counted
    ) e
    where l.consignment_id = ${head.id} and e.counted < e.expected
      and (${lineIds === undefined} or l.id = any(${lineIds ?? []}::uuid[]))
      and not exists (select from recount_request r where r.line_id = l.id)
    returning id`.execute(tx)
  return rows.length
}

export type RecountFilter = { consignmentId?: string; outletIds?: readonly string[] | undefined }

/** Of one document all, newest first; or those that wait for an answer of these outlets, longest first. */
export async function listRecounts(
  db: Db,
  { consignmentId, outletIds }: RecountFilter,
  { after, limit }: { after: { at: string; id: string } | undefined; limit: number },
) {
  let query = db
    .selectFrom('recount_request as r')
    .innerJoin('consignment as c', 'c.id', 'r.consignment_id')
    .innerJoin('consignment_line as l', 'l.id', 'r.line_id')
    .leftJoin('mirror.product as p', 'p.id', 'l.product_id')
    .selectAll('r')
    .select(['c.number', 'c.outlet_id as asking_outlet_id', 'l.product_id', 'l.position', 'p.sku', 'l.received'])
    .select([
      sql<string | null>`coalesce(p.variant_name, p.name)`.as('name'),
      sql<string>`r.asked_at::text`.as('place'),
    ])
    .orderBy('r.asked_at')
    .orderBy('r.id')
    .limit(limit)
  if (consignmentId !== undefined) query = query.where('r.consignment_id', '=', consignmentId)
  else query = query.where('r.answer', 'is', null)
  if (outletIds !== undefined) query = query.where('r.outlet_id', 'in', [...outletIds])
  if (after) query = query.where(sql<boolean>`(r.asked_at, r.id) > (${after.at}::timestamptz, ${after.id}::uuid)`)
  return query.execute()
}

export type RecountRow = Awaited<ReturnType<typeof listRecounts>>[number]

export async function findRecount(db: Db, consignmentId: string, id: string) {
  return db
    .selectFrom('recount_request')
    .selectAll()
    .where('consignment_id', '=', consignmentId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export type RecountAnswer =
  | { answer: 'recounted'; quantity: string; note: string | null }
  | { answer: 'as_sent'; quantity: null; note: string | null }

export async function saveRecountAnswer(tx: Db, id: string, { answer, quantity, note }: RecountAnswer, actor: string) {
  await tx
    .updateTable('recount_request')
    .set({ answer, quantity, note, answered_by: actor, answered_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}
