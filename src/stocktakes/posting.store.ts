import { sql } from 'kysely'
import { sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import type { Db } from '../db/database.ts'
import type { Sent } from './adjusting.rules.ts'

/** One posting of an outlet after the other: each sees what the one before put right. */
export async function lockPosting(tx: Db, outletId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('posting at ' || ${outletId}, 0))`.execute(tx)
}

/** A simulation that was accepted; undefined before. */
export async function findPosting(db: Db, consignmentId: string) {
  return db.selectFrom('stocktake_posting').selectAll().where('consignment_id', '=', consignmentId).executeTakeFirst()
}

/** Whether something that was accepted is not known to be done yet. */
export async function isPostingOpen(db: Db, consignmentId: string): Promise<boolean> {
  const posting = await findPosting(db, consignmentId)
  return posting !== undefined && posting.done_at === null
}

export type NewPosting = { consignmentId: string; simulationId: string; by: string }

/** Keeps what was accepted, with all that it will do, in requests of so many each. */
export async function insertPosting(
  tx: Db,
  { consignmentId, simulationId, by }: NewPosting,
  { adjustments, batchSize }: { adjustments: readonly Sent[]; batchSize: number },
): Promise<void> {
  const head = { consignment_id: consignmentId, simulation_id: simulationId, accepted_by: by }
  await tx.insertInto('stocktake_posting').values(head).execute()
  await sql`
    insert into stocktake_batch (consignment_id, batch)
    select ${consignmentId}, batch from generate_series(1, ${Math.ceil(adjustments.length / batchSize)}::int) as batch`.execute(
    tx,
  )
  await sql`
    insert into stocktake_adjustment (consignment_id, batch, line_id, product_id, quantity, reason)
    select ${consignmentId}, (place - 1) / ${batchSize}::int + 1, line_id, product_id, quantity, reason
    from unnest(${adjustments.map(({ lineId }) => lineId)}::uuid[],
      ${adjustments.map(({ productId }) => productId)}::text[],
      ${adjustments.map(({ quantity }) => sayDecimal(quantity, quantityPlaces))}::numeric[],
      ${adjustments.map(({ reason }) => reason)}::text[])
      with ordinality as given (line_id, product_id, quantity, reason, place)`.execute(tx)
}

export type Batch = { batch: number; askedSecondsAgo: number | null; lookAfter: number }

/** The next request that is not known to be done. */
export async function findOpenBatch(db: Db, consignmentId: string): Promise<Batch | undefined> {
  const { rows } = await sql<Batch>`
    select batch, extract(epoch from clock_timestamp() - asked_at)::float as "askedSecondsAgo",
      coalesce(look_after, 0) as "lookAfter"
    from stocktake_batch where consignment_id = ${consignmentId} and done_at is null order by batch limit 1`.execute(db)
  return rows[0]
}

export type Wanted = { productId: string; quantity: string; reason: string; remoteId: string | null }

/** What a request puts right, and what of it Lightspeed has done already. */
export async function listWanted(db: Db, consignmentId: string, batch?: number): Promise<Wanted[]> {
  const among = batch === undefined ? sql`` : sql`and batch = ${batch}`
  const { rows } = await sql<Wanted>`
    select product_id as "productId", quantity::text, reason, remote_id as "remoteId" from stocktake_adjustment
    where consignment_id = ${consignmentId} ${among} order by product_id`.execute(db)
  return rows
}

/** Noted before it is asked for: from now on it may be there, with a version above all that was seen before. */
export async function saveAsked(
  db: Db,
  consignmentId: string,
  { batch, lookAfter }: { batch: number; lookAfter: number },
) {
  await db
    .updateTable('stocktake_batch')
    .set({ asked_at: sql<Date>`clock_timestamp()`, look_after: lookAfter })
    .where('consignment_id', '=', consignmentId)
    .where('batch', '=', batch)
    .execute()
}

export type Done = { productId: string; remoteId: string }

/** Which adjustments of ours are there; the request is done when all of them are. */
export async function saveDone(tx: Db, consignmentId: string, batch: number, done: readonly Done[]): Promise<void> {
  await sql`
    update stocktake_adjustment as ours set remote_id = given.remote_id
    from unnest(${done.map(({ productId }) => productId)}::text[], ${done.map(({ remoteId }) => remoteId)}::text[])
      as given (product_id, remote_id)
    where ours.consignment_id = ${consignmentId} and ours.batch = ${batch} and ours.product_id = given.product_id`.execute(
    tx,
  )
  await sql`
    update stocktake_batch set done_at = clock_timestamp()
    where consignment_id = ${consignmentId} and batch = ${batch} and not exists (
      select from stocktake_adjustment as ours
      where ours.consignment_id = ${consignmentId} and ours.batch = ${batch} and ours.remote_id is null)`.execute(tx)
}

/** Of these adjustments of Lightspeed's, those that some count of ours has made. */
export async function listClaimed(db: Db, remoteIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select remote_id as id from stocktake_adjustment where remote_id = any(${remoteIds}::text[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** From which version on everything was asked for; 0 where nothing was. */
export async function readLookAfter(db: Db, consignmentId: string): Promise<number> {
  const { rows } = await sql<{ after: number | null }>`
    select min(look_after) as after from stocktake_batch where consignment_id = ${consignmentId}`.execute(db)
  return rows[0]?.after ?? 0
}

/** The highest version that the mirror has seen anywhere in stock: what is made from now on lies above it. */
export async function readHighestVersion(db: Db): Promise<number> {
  const { rows } = await sql<{ highest: number | null }>`
    select max(cursor) as highest from sync_state where entity in ('inventory', 'products', 'sales')`.execute(db)
  return rows[0]?.highest ?? 0
}

export async function savePosted(tx: Db, consignmentId: string): Promise<void> {
  await tx
    .updateTable('stocktake_posting')
    .set({ done_at: sql<Date>`clock_timestamp()` })
    .where('consignment_id', '=', consignmentId)
    .execute()
}
