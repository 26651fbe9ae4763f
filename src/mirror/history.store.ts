import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** Makes the partitions of the stock history for this month and the next ones. */
export async function ensureHistoryPartitions(db: Db, monthsAhead: number) {
  await sql`select mirror.ensure_history_partitions(${monthsAhead})`.execute(db)
}
