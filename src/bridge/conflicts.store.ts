import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Place } from '../jobs/place.ts'
import type { Snapshot } from './merging.rules.ts'

export type Conflict = {
  consignmentId: string
  legId: string
  reasons: readonly string[]
  ours: Snapshot
  theirs: Snapshot | null
}

/** One stands open for a leg: seen again it is brought up to date. */
export async function saveConflict(tx: Db, { consignmentId, legId, reasons, ours, theirs }: Conflict): Promise<void> {
  const sides = {
    reasons: [...reasons],
    ours: JSON.stringify(ours),
    theirs: theirs === null ? null : JSON.stringify(theirs),
  }
  await tx
    .insertInto('consignment_conflict')
    .values({ consignment_id: consignmentId, leg_id: legId, ...sides })
    .onConflict((at) =>
      at
        .column('leg_id')
        .where('resolution', 'is', null)
        .doUpdateSet({ ...sides, seen_at: sql<Date>`clock_timestamp()` }),
    )
    .execute()
}

export type Resolution = 'took_theirs' | 'pushed_ours' | 'gone'

/** Returns whether one stood open. */
export async function closeConflict(tx: Db, legId: string, resolution: Resolution, by: string): Promise<boolean> {
  const rows = await tx
    .updateTable('consignment_conflict')
    .set({ resolution, resolved_by: by, resolved_at: sql<Date>`clock_timestamp()` })
    .where('leg_id', '=', legId)
    .where('resolution', 'is', null)
    .returning('id')
    .execute()
  return rows.length > 0
}

/** The one that stands open for a leg. */
export async function findConflict(db: Db, legId: string) {
  return db
    .selectFrom('consignment_conflict')
    .selectAll()
    .where('leg_id', '=', legId)
    .where('resolution', 'is', null)
    .executeTakeFirst()
}

/** Those that stand open, newest first, with the number of the document. */
export async function listConflicts(db: Db, { below, limit }: { below: Place | undefined; limit: number }) {
  const place = sql<Place>`json_build_object('at', conflict.found_at::text, 'id', conflict.id)`
  const { at, id } = below ?? { at: null, id: null }
  return db
    .selectFrom('consignment_conflict as conflict')
    .innerJoin('consignment as document', 'document.id', 'conflict.consignment_id')
    .select(['conflict.consignment_id', 'reasons', 'ours', 'theirs', 'found_at', 'seen_at', 'document.number'])
    .select(place.as('place'))
    .where('resolution', 'is', null)
    .where(sql<boolean>`(${at}::timestamptz is null or (found_at, conflict.id) < (${at}, ${id}::uuid))`)
    .orderBy('found_at', 'desc')
    .orderBy('conflict.id', 'desc')
    .limit(limit)
    .execute()
}
