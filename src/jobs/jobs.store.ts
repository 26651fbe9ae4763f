import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Place } from './place.ts'

export type JobRow = {
  id: string
  kind: string
  state: string
  priority: number
  data: unknown
  output: unknown
  key: string
  order: string | null
  retry_count: number
  retry_limit: number
  enqueued_at: Date
  due_at: Date
  started_at: Date | null
  heartbeat_at: Date | null
  finished_at: Date | null
  place: Place
}

const columns = sql`id, name as kind, state, priority, data, output, singleton_key as key, group_id as "order", retry_count, retry_limit,
  created_on as enqueued_at, start_after as due_at, started_on as started_at, heartbeat_on as heartbeat_at,
  completed_on as finished_at, json_build_object('at', created_on::text, 'id', id) as place`

export type JobFilter = { kinds: readonly string[]; states: readonly string[] }

/** Newest first, below a place. */
export async function listJobs(
  db: Db,
  { kinds, states }: JobFilter,
  { below, limit }: { below: Place | undefined; limit: number },
): Promise<JobRow[]> {
  const { rows } = await sql<JobRow>`
    select ${columns} from pgboss.job
    where name = any(${kinds}::text[]) and state::text = any(${states}::text[])
      and (${below?.at ?? null}::timestamptz is null or (created_on, id) < (${below?.at ?? null}, ${below?.id ?? null}::uuid))
    order by created_on desc, id desc limit ${limit}`.execute(db)
  return rows
}

export async function findJob(db: Db, kinds: readonly string[], id: string): Promise<JobRow | undefined> {
  const { rows } = await sql<JobRow>`
    select ${columns} from pgboss.job where name = any(${kinds}::text[]) and id = ${id}`.execute(db)
  return rows[0]
}

/** Removes a job that waits, or is over. Returns what it was; nothing when there is none, or it runs. */
export async function removeJob(db: Db, kinds: readonly string[], id: string): Promise<JobRow | undefined> {
  const { rows } = await sql<JobRow>`
    delete from pgboss.job where name = any(${kinds}::text[]) and id = ${id} and state <> 'active'
    returning ${columns}`.execute(db)
  return rows[0]
}

/** How many jobs were over before so many days. */
export async function countFinished(db: Db, { kinds, states }: JobFilter, days: number): Promise<number> {
  const { rows } = await sql<{ jobs: number }>`
    select count(*) as jobs from pgboss.job where name = any(${kinds}::text[]) and state::text = any(${states}::text[])
      and completed_on < now() - ${days} * interval '1 day'`.execute(db)
  return rows[0]?.jobs ?? 0
}

/** Removes jobs that were over before so many days. Returns how many. */
export async function removeFinished(db: Db, { kinds, states }: JobFilter, days: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from pgboss.job where name = any(${kinds}::text[]) and state::text = any(${states}::text[])
      and completed_on < now() - ${days} * interval '1 day'`.execute(db)
  return Number(numAffectedRows)
}

export type LastJob = {
  kind: string
  name: string
  id: string
  state: string
  output: unknown
  at: Date
  finished_at: Date | null
}

/**
 * Of each schedule the newest job that it sent: its key is the name of its kind (schedules.ts). Said by `=`, the planner would
 * rewrite it, and not see that the index (boss.ts) answers it.
 */
export async function listLastJobs(db: Db, schedules: readonly { kind: string; name: string }[]): Promise<LastJob[]> {
  const kinds = schedules.map(({ kind }) => kind)
  const names = schedules.map(({ name }) => name)
  const { rows } = await sql<LastJob>`
    select s.kind, s.name, job.id, job.state, job.output, job.created_on as at, job.completed_on as finished_at
    from unnest(${kinds}::text[], ${names}::text[]) s (kind, name) cross join lateral (
      select id, state, output, created_on, completed_on from pgboss.job j
      where j.name = s.kind and j.singleton_key is not distinct from j.name order by created_on desc limit 1
    ) job`.execute(db)
  return rows
}
