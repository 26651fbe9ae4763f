import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'
import type { Leg } from './legs.store.ts'
import type { Snapshot } from './merging.rules.ts'
import type { There } from './sides.rules.ts'

/** What the legs of a document that are over brought into stock, by product. */
export async function readCarried(db: Db, consignmentId: string): Promise<Map<string, Quantity>> {
  const { rows } = await sql<{ product: string; amount: string }>`
    select key as product, sum(value::numeric)::text as amount
    from consignment_leg, jsonb_each_text(carried) where consignment_id = ${consignmentId} group by key`.execute(db)
  return new Map(rows.map(({ product, amount }) => [product, readDecimal(amount, quantityPlaces) ?? 0n]))
}

/** A leg that is over, and the next one, which goes on from there. `next`: of one that somebody made in Lightspeed. */
export type Handover = {
  carried: ReadonlyMap<string, Quantity>
  token: string
  isForRest: boolean
  next?: { there: There; agreed: Snapshot | null }
}

export async function handOver(
  tx: Db,
  { id, consignment_id: consignmentId, position }: Leg,
  { carried, token, isForRest, next }: Handover,
): Promise<void> {
  const said = [...carried].map(([product, amount]) => [product, sayDecimal(amount, quantityPlaces)])
  await tx
    .updateTable('consignment_leg')
    .set({ finished_at: sql<Date>`clock_timestamp()`, carried: JSON.stringify(Object.fromEntries(said)) })
    .where('id', '=', id)
    .execute()
  const theirs = next ? theirsIn(next) : {}
  await tx
    .insertInto('consignment_leg')
    .values({ consignment_id: consignmentId, position: position + 1, token, is_for_rest: isForRest, ...theirs })
    .execute()
}

function theirsIn({ there, agreed }: NonNullable<Handover['next']>) {
  return {
    is_theirs: true,
    remote_id: there.id,
    remote_status: there.status,
    remote_version: there.version,
    watched_version: there.version,
    seen_at: new Date(),
    ...(agreed ? { agreed: JSON.stringify(agreed), agreed_status: agreed.status } : {}),
  }
}

/** What was amended to less than is in stock: taken out by a wish, and no longer counted as carried. */
export async function saveTakenOut(
  tx: Db,
  { consignment_id: consignmentId, position }: Leg,
  { writeId, items }: { writeId: string; items: readonly { productId: string; quantity: Quantity }[] },
): Promise<void> {
  const less = items.map(({ productId, quantity }) => [productId, sayDecimal(quantity, quantityPlaces)])
  await sql`
    update consignment_leg set taken_out = taken_out || ${writeId}::uuid, carried = carried || (
      select jsonb_object_agg(key, (coalesce(carried ->> key, '0')::numeric - value::numeric)::text)
      from jsonb_each_text(${JSON.stringify(Object.fromEntries(less))}::jsonb))
    where consignment_id = ${consignmentId} and position = ${position - 1}`.execute(tx)
}

/** The wishes of a document that take something out of stock again and are not done. */
export async function listTakingOut(
  db: Db,
  consignmentId: string,
): Promise<{ state: string; failure: string | null }[]> {
  const { rows } = await sql<{ state: string; failure: string | null }>`
    select state, failure from lightspeed_write
    where state <> 'done' and id in (select unnest(taken_out) from consignment_leg where consignment_id = ${consignmentId})`.execute(
    db,
  )
  return rows
}

/** Legs that are over, and have fallen back in Lightspeed since, as the mirror says. */
export async function listFallen(db: Db, consignmentId: string): Promise<{ remoteId: string; status: string }[]> {
  const { rows } = await sql<{ remoteId: string; status: string }>`
    select leg.remote_id as "remoteId", held.status from consignment_leg leg join mirror.consignment held on held.id = leg.remote_id
    where leg.consignment_id = ${consignmentId} and leg.finished_at is not null and held.version > leg.remote_version
      and held.status not in ('RECEIVED', 'CANCELLED')`.execute(db)
  return rows
}

/** All legs of a document, the first one first. */
export async function listLegs(db: Db, consignmentId: string) {
  return db
    .selectFrom('consignment_leg')
    .selectAll()
    .where('consignment_id', '=', consignmentId)
    .orderBy('position')
    .execute()
}

/** From now on what has come is to be received there, though the document waits for the rest. */
export async function saveTakeIn(tx: Db, legId: string): Promise<void> {
  await tx
    .updateTable('consignment_leg')
    .set({ take_in_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', legId)
    .execute()
}

/** Which of these consignments are a leg of some document already. */
export async function listKnownRemotes(db: Db, remoteIds: readonly string[]): Promise<Set<string>> {
  if (remoteIds.length === 0) return new Set()
  const rows = await db.selectFrom('consignment_leg').select('remote_id').where('remote_id', 'in', remoteIds).execute()
  return new Set(rows.flatMap(({ remote_id: id }) => id ?? []))
}

/** Orders in the mirror that no document has, and that may be the rest of what a leg had; the newest first. */
export async function listPossibleRests(db: Db, legId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select rest.id from consignment_leg leg
    join mirror.consignment held on held.id = leg.remote_id
    join mirror.consignment rest on ${looksLikeRest}
    where leg.id = ${legId} order by rest.version desc limit 20`.execute(db)
  return rows.map(({ id }) => id)
}

/** `rest` is an order of the same parties as `held`, made later, sent, and no leg of any document. */
export const looksLikeRest = sql<boolean>`
  rest.type = 'SUPPLIER' and rest.status = 'SENT' and rest.deleted_at is null and rest.outlet_id = held.outlet_id
  and rest.supplier_id = held.supplier_id and rest.created_at > held.created_at
  and not exists (select from consignment_leg known where known.remote_id = rest.id)`

/** Documents that wait for their rest since before a time, and whose last leg has brought something; longest first. */
export async function listToTakeIn(db: Db, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select document.id from consignment document
    join consignment_leg leg on leg.consignment_id = document.id and leg.finished_at is null and leg.take_in_at is null
    where document.status = 'PARTIAL' and document.status_since < ${before} and exists (
      select from consignment_line line where line.consignment_id = document.id
        and line.received - line.damaged > (
          select coalesce(sum((over.carried ->> line.product_id)::numeric), 0) from consignment_leg over
          where over.consignment_id = document.id and over.carried is not null))
    order by document.status_since, document.id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}
