import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type StoredFacts = { auditFault: string | null; historyOutsidePartitions: boolean }

/** What the last look at the audit's chain found, and whether history lies outside its months. */
export async function readStoredFacts(db: Db): Promise<StoredFacts> {
  const { rows } = await sql<StoredFacts>`
    select (select fault from audit_check) as "auditFault",
      exists (select from mirror.product_qty_history_default) as "historyOutsidePartitions"`.execute(db)
  const [facts] = rows
  if (!facts) throw new Error('The database gave no answer about itself')
  return facts
}

/** Entities that were read to the end once, but not for so many minutes. */
export async function listStaleCursors(db: Db, minutes: number): Promise<{ entity: string; minutes: number }[]> {
  const { rows } = await sql<{ entity: string; minutes: number }>`
    select entity, (extract(epoch from now() - last_complete_at) / 60)::int as minutes from sync_state
    where last_complete_at < now() - ${minutes} * interval '1 minute' order by entity`.execute(db)
  return rows
}

/** Of the last comparison with Lightspeed that ended, the entities whose differences nothing explains. */
export async function listUnexplained(db: Db): Promise<{ entity: string; count: number }[]> {
  const { rows } = await sql<{ entity: string; count: number }>`
    select entity, differences - explained as count from reconciliation_entity
    where reconciliation_id = (
      select id from reconciliation where finished_at is not null order by created_at desc limit 1
    ) and differences > explained order by entity`.execute(db)
  return rows
}

/** Sessions of this database that hold a transaction open and have done nothing for so many minutes. */
export async function listIdleSessions(
  db: Db,
  minutes: number,
): Promise<{ pid: number; application: string; minutes: number }[]> {
  const { rows } = await sql<{ pid: number; application: string; minutes: number }>`
    select pid, application_name as application, (extract(epoch from now() - state_change) / 60)::int as minutes
    from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'
      and state_change < now() - ${minutes} * interval '1 minute' order by pid`.execute(db)
  return rows
}

/** What the last look at the whole audit chain came to. */
export async function saveAuditCheck(db: Db, { rows, fault }: { rows: number; fault: string | null }) {
  await db
    .insertInto('audit_check')
    .values({ rows, fault })
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet({ rows, fault, checked_at: sql`now()` }))
    .execute()
}
