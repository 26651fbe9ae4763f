import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { RunEntityRow } from './runs.store.ts'

export type StateRow = { entity: string; cursor: number; row_count: number; last_complete_at: Date | null }

export async function listStates(db: Db): Promise<StateRow[]> {
  return db.selectFrom('sync_state').select(['entity', 'cursor', 'row_count', 'last_complete_at']).execute()
}

/** Of each entity the run that touched it last. */
export async function listLastRuns(db: Db): Promise<RunEntityRow[]> {
  const { rows } = await sql<RunEntityRow>`
    select newest.* from (select distinct entity from sync_run_entity) e
    cross join lateral (
      select * from sync_run_entity r where r.entity = e.entity and r.started_at is not null order by r.started_at desc limit 1
    ) newest`.execute(db)
  return rows
}

export async function countRejected(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ entity: string; open: number }>`
    select entity, count(*) as open from mirror.rejected where resolved_at is null group by entity`.execute(db)
  return new Map(rows.map(({ entity, open }) => [entity, open]))
}

export type RejectedRow = {
  id: number
  record_id: string | null
  reason: string
  payload: string
  first_seen_at: Date
  last_seen_at: Date
  times_seen: number
}

/** Records that stand aside, newest first, from `before` (an id) downwards. */
export async function listRejected(
  db: Db,
  entity: string,
  page: { before: number | undefined; limit: number },
): Promise<RejectedRow[]> {
  return db
    .selectFrom('mirror.rejected')
    .select(['id', 'record_id', 'reason', 'payload', 'first_seen_at', 'last_seen_at', 'times_seen'])
    .where('entity', '=', entity)
    .where('resolved_at', 'is', null)
    .$if(page.before !== undefined, (query) => query.where('id', '<', page.before ?? 0))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

export async function listDrift(db: Db) {
  return db.selectFrom('schema_drift').selectAll().orderBy('entity').orderBy('field').execute()
}
