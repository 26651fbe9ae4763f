import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Lock } from './lock.rules.ts'

/** The lock as it was last written, and what time it is for the database: no device's clock counts. */
export async function readLock(db: Db, consignmentId: string): Promise<{ lock: Lock | undefined; now: Date }> {
  const { rows } = await sql<Stored>`
    select clock_timestamp() as now, l.holder, l.taken_at, l.beat_at, l.wanted_by, l.wanted_at
    from (values (${consignmentId}::uuid)) as asked (id) left join pack_lock l on l.consignment_id = asked.id`.execute(
    db,
  )
  const [row] = rows
  if (!row) throw new Error('One row in, one row out')
  return { lock: lockOf(row), now: row.now }
}

export async function saveLock(tx: Db, consignmentId: string, lock: Lock) {
  const { holder, takenAt: taken_at, beatAt: beat_at, wantedBy: wanted_by, wantedAt: wanted_at } = lock
  const row = { holder, taken_at, beat_at, wanted_by, wanted_at }
  await tx
    .insertInto('pack_lock')
    .values({ consignment_id: consignmentId, ...row })
    .onConflict((at) => at.column('consignment_id').doUpdateSet(row))
    .execute()
}

export async function dropLock(tx: Db, consignmentId: string) {
  await tx.deleteFrom('pack_lock').where('consignment_id', '=', consignmentId).execute()
}

type Stored = {
  now: Date
  holder: string | null
  taken_at: Date | null
  beat_at: Date | null
  wanted_by: string | null
  wanted_at: Date | null
}

function lockOf({ holder, taken_at, beat_at, wanted_by, wanted_at }: Stored): Lock | undefined {
  if (holder === null || taken_at === null || beat_at === null) return undefined
  return { holder, takenAt: taken_at, beatAt: beat_at, wantedBy: wanted_by, wantedAt: wanted_at }
}
