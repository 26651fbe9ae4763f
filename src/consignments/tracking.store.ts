import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Found = { id: string; number: string; reference: string }

/** Documents that go by one of these numbers: ours as it was read, or one under which this carrier has it. */
export async function findTracked(
  db: Db,
  carrier: string,
  given: readonly { reference: string; number: string | null }[],
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    with given as (
      select * from unnest(${given.map((one) => one.reference)}::text[], ${given.map((one) => one.number)}::text[])
        as one (reference, number)
    )
    select c.id, c.number, given.reference from given join consignment c on c.number = given.number
    union
    select c.id, c.number, given.reference from given
      join consignment_tracking t on t.reference = given.reference and (t.carrier is null or t.carrier = ${carrier})
      join consignment c on c.id = t.consignment_id`.execute(db)
  return rows
}

type Said = { eventId: number; carrier: string; reference: string; consignmentId: string | null; at: Date }

/** Kept once, also where nobody knows the number. */
export async function insertCourierEvent(tx: Db, { eventId, carrier, reference, consignmentId, at }: Said) {
  await tx
    .insertInto('courier_event')
    .values({ webhook_event_id: eventId, reference, carrier, consignment_id: consignmentId, happened_at: at })
    .onConflict((on) =>
      on.columns(['webhook_event_id', 'reference']).doUpdateSet({
        consignment_id: sql`coalesce(excluded.consignment_id, courier_event.consignment_id)`,
      }),
    )
    .execute()
}

/** What a courier said of this number before anybody knew it. Answers whether there was anything. */
export async function claimCourierEvents(
  tx: Db,
  { consignmentId, carrier, reference }: { consignmentId: string; carrier: string | null; reference: string },
): Promise<boolean> {
  const { rows } = await sql`
    update courier_event set consignment_id = ${consignmentId}
    where consignment_id is null and reference = ${reference} and (${carrier}::text is null or carrier = ${carrier})
    returning reference`.execute(tx)
  return rows.length > 0
}

export type NewTracking = { consignmentId: string; carrier: string | null; reference: string; createdBy: string }

/** Undefined when it is so already. */
export async function insertTracking(tx: Db, { consignmentId, carrier, reference, createdBy }: NewTracking) {
  return tx
    .insertInto('consignment_tracking')
    .values({ consignment_id: consignmentId, carrier, reference, created_by: createdBy })
    .onConflict((on) => on.doNothing())
    .returning('id')
    .executeTakeFirst()
}

export async function listTracking(db: Db, consignmentId: string) {
  return db
    .selectFrom('consignment_tracking')
    .selectAll()
    .where('consignment_id', '=', consignmentId)
    .orderBy('created_at')
    .limit(200)
    .execute()
}

export async function listPickUps(db: Db, consignmentId: string) {
  return db
    .selectFrom('courier_event')
    .select(['carrier', 'reference', 'happened_at'])
    .where('consignment_id', '=', consignmentId)
    .orderBy('happened_at')
    .limit(200)
    .execute()
}
