import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
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
