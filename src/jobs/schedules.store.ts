import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export async function listPaused(db: Db): Promise<Map<string, { at: Date; by: string | null }>> {
  const rows = await db.selectFrom('job_schedule').selectAll().where('paused_at', 'is not', null).execute()
  return new Map(rows.flatMap(({ name, paused_at: at, paused_by: by }) => (at ? [[name, { at, by }]] : [])))
}

export async function setPaused(db: Db, name: string, pausedBy: string | null) {
  const paused = { paused_at: pausedBy === null ? null : sql<Date>`now()`, paused_by: pausedBy }
  await db
    .insertInto('job_schedule')
    .values({ name, ...paused })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(paused))
    .execute()
}
