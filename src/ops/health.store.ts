import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type DatabaseFacts = {
  version: string
  sizeBytes: number
  connections: number
  historyOutsidePartitions: boolean
}

export async function readDatabaseFacts(db: Db): Promise<DatabaseFacts> {
  const { rows } = await sql<DatabaseFacts>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as "sizeBytes",
      (select count(*) from pg_stat_activity where datname = current_database()) as connections,
      exists (select from mirror.product_qty_history_default) as "historyOutsidePartitions"`.execute(db)
  const [facts] = rows
  if (!facts) throw new Error('PostgreSQL gave no answer about itself')
  return facts
}

/** The oldest complete look at Lightspeed among the entities, and whether any has none yet. */
export async function readFreshness(db: Db): Promise<{ oldest: Date | null; complete: number }> {
  const { rows } = await sql<{ oldest: Date | null; complete: number }>`
    select min(last_complete_at) as oldest, count(last_complete_at) as complete from sync_state`.execute(db)
  return rows[0] ?? { oldest: null, complete: 0 }
}
