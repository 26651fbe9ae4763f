import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Standing = { entity: string; rows: number; cursor: number; lagSeconds: number | null; rejected: number }

/** Where each entity stands, by the database's clock. */
export async function listStandings(db: Db): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select s.entity, row_count as rows, cursor, extract(epoch from now() - last_complete_at)::float8 as "lagSeconds",
      (select count(*) from mirror.rejected r where r.entity = s.entity and resolved_at is null) as rejected
    from sync_state s order by s.entity`.execute(db)
  return rows
}

export type Pulse = { worker: string; secondsAgo: number; running: number; slots: number }

/** When each worker was last heard of. */
export async function listPulses(db: Db): Promise<Pulse[]> {
  const { rows } = await sql<Pulse>`
    select host || ':' || pid as worker, extract(epoch from now() - seen_at)::float8 as "secondsAgo", running, slots
    from worker order by 1`.execute(db)
  return rows
}

export async function countAuditRows(db: Db): Promise<number> {
  const { rows } = await sql<{ sequence: number }>`select sequence from audit_head`.execute(db)
  return rows[0]?.sequence ?? 0
}
