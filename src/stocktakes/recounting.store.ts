import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** Asks for a second look at lines, in one statement; one that is asked for already is not asked for again. */
export async function insertRecounts(
  tx: Db,
  { consignmentId, by, reason }: { consignmentId: string; by: string; reason: string | null },
  lineIds: readonly string[],
): Promise<number> {
  const { rows } = await sql`
    insert into stocktake_recount (consignment_id, line_id, reason, asked_by)
    select ${consignmentId}, line.id, ${reason}, ${by} from consignment_line as line
    where line.consignment_id = ${consignmentId} and line.id = any(${lineIds}::uuid[])
    on conflict (line_id) where quantity is null do nothing returning id`.execute(tx)
  return rows.length
}

/** Of these, those that are no lines of the document. */
export async function listForeignLines(db: Db, consignmentId: string, lineIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select given.id from unnest(${lineIds}::uuid[]) as given (id)
    where not exists (select from consignment_line as line where line.id = given.id and line.consignment_id = ${consignmentId})`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

export type RecountRow = {
  id: string
  lineId: string
  productId: string
  sku: string | null
  name: string | null
  reason: string | null
  askedBy: string
  askedAt: Date
  quantity: string | null
  countedBy: string | null
  countedAt: Date | null
}

/** Second looks that were asked for, and what they found; those still to do first. */
export async function listRecounts(db: Db, consignmentId: string): Promise<RecountRow[]> {
  const { rows } = await sql<RecountRow>`
    select again.id, again.line_id as "lineId", line.product_id as "productId", product.sku,
      coalesce(product.variant_name, product.name) as name, again.reason, again.asked_by as "askedBy",
      again.asked_at as "askedAt", again.quantity::text, again.counted_by as "countedBy", again.counted_at as "countedAt"
    from stocktake_recount as again join consignment_line as line on line.id = again.line_id
    left join mirror.product on product.id = line.product_id
    where again.consignment_id = ${consignmentId}
    order by again.quantity is not null, line.position, again.asked_at limit 2000`.execute(db)
  return rows
}

export type Recounted = { lineId: string; quantity: string; at: Date }

/** Of these lines, those that somebody has counted himself, or counted a second time already. */
export async function listOwnLines(db: Db, consignmentId: string, actor: string, lineIds: readonly string[]) {
  const { rows } = await sql<{ id: string }>`
    select line.id from consignment_line as line where line.id = any(${lineIds}::uuid[]) and (
      exists (select from scan_event as scan where scan.consignment_id = ${consignmentId}
        and scan.product_id = line.product_id and scan.actor = ${actor})
      or exists (select from stocktake_recount as again where again.line_id = line.id and again.counted_by = ${actor}))`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Keeps what a second look found, and writes it into the lines. Returns the lines of which one was asked for. */
export async function saveRecounts(
  tx: Db,
  { consignmentId, by }: { consignmentId: string; by: string },
  found: readonly Recounted[],
): Promise<string[]> {
  const given = sql`unnest(${found.map(({ lineId }) => lineId)}::uuid[],
    ${found.map(({ quantity }) => quantity)}::numeric[], ${found.map(({ at }) => at)}::timestamptz[])
    as given (line_id, quantity, at)`
  const { rows } = await sql<{ lineId: string }>`
    update stocktake_recount as again set quantity = given.quantity, counted_by = ${by}, counted_at = given.at
    from ${given}
    where again.consignment_id = ${consignmentId} and again.line_id = given.line_id and again.quantity is null
    returning again.line_id as "lineId"`.execute(tx)
  const done = rows.map(({ lineId }) => lineId)
  await sql`
    update consignment_line as line set received = given.quantity, decision = null from ${given}
    where line.id = given.line_id and line.id = any(${done}::uuid[])`.execute(tx)
  return done
}
