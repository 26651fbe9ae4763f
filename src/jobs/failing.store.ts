import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type FailingRow = {
  id: string
  kind: string
  output: unknown
  tries_left: number
  due_at: Date
}

/** Jobs whose last try failed and that will be tried again, the next due first. Answered from an index of its own (boss.ts). */
export async function listFailing(db: Db, kinds: readonly string[], limit: number): Promise<FailingRow[]> {
  const { rows } = await sql<FailingRow>`
    select id, name as kind, output, greatest(0, retry_limit - retry_count) as tries_left, start_after as due_at
    from pgboss.job where name = any(${kinds}::text[]) and state = 'retry' and output is not null
    order by start_after, id limit ${limit}`.execute(db)
  return rows
}

/** Makes a job that waits for its next try due at once. Returns whether there was one. */
export async function hurry(db: Db, kinds: readonly string[], id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update pgboss.job set start_after = now()
    where name = any(${kinds}::text[]) and id = ${id} and state = 'retry'`.execute(db)
  return numAffectedRows === 1n
}
