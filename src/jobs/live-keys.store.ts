import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { JobKind } from './kinds.ts'

/** Of these keys those whose job still waits or runs: somebody may have taken the others out of the queue. */
export async function listLiveKeys(db: Db, kind: JobKind, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<{ key: string }>`
    select distinct singleton_key as key from pgboss.job
    where name = ${kind} and singleton_key = any(${keys}::text[]) and state <= 'active'`.execute(db)
  return rows.map(({ key }) => key)
}
