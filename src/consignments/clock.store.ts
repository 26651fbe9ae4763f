import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** How far a walk over what is due has come. */
export type Reached = { at: string; id: string }

type Walk = { before: Date; after: Reached | undefined; limit: number }

/** Documents that have been in a status since before a time, longest first. */
export async function listInStatusSince(db: Db, status: string, { before, after, limit }: Walk): Promise<Reached[]> {
  const { rows } = await sql<Reached>`
    select id, status_since::text as at from consignment
    where status = ${status} and status_since < ${before}
      and (${after?.at ?? null}::text is null
        or (status_since, id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by status_since, id limit ${limit}`.execute(db)
  return rows
}

/** Packed documents that a courier has picked up all the same. */
export async function listPickedUp(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from consignment c where c.status = 'PACKAGED'
      and exists (select from courier_event e where e.consignment_id = c.id and e.happened_at > c.created_at)
    order by c.status_since limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

type Waiting = { consignmentId: string; at: string; id: string }

/** Requests for approval that have waited since before a time, longest first; `isReminded` false: of which nobody was reminded. */
export async function listWaitingSince(
  db: Db,
  isReminded: boolean | undefined,
  { before, after, limit }: Walk,
): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select consignment_id as "consignmentId", asked_at::text as at, id from approval_request
    where decision is null and asked_at < ${before}
      and (${isReminded ?? null}::boolean is null or (reminded_at is not null) = ${isReminded ?? null}::boolean)
      and (${after?.at ?? null}::text is null
        or (asked_at, id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by asked_at, id limit ${limit}`.execute(db)
  return rows
}

export async function markReminded(tx: Db, requestId: string) {
  await tx
    .updateTable('approval_request')
    .set({ reminded_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', requestId)
    .execute()
}
