import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { deadLetterQueue } from './boss.ts'

export type KindStats = {
  kind: string
  waiting: number
  deferred: number
  running: number
  done: number
  failed: number
  oldest_waiting_seconds: number | null
  done_lately: number
  failed_lately: number
  wait_p50_ms: number | null
  wait_p95_ms: number | null
  run_p50_ms: number | null
  run_p95_ms: number | null
}

/** The numbers of a kind that are over soon: what comes, what runs, and how the last minutes were. */
export type KindNow = Omit<KindStats, 'done' | 'failed'>

const nowColumns = sql`kind, waiting, deferred, running, oldest_waiting_seconds, done_lately, failed_lately,
  round(waits[1]) as wait_p50_ms, round(waits[2]) as wait_p95_ms, round(runs[1]) as run_p50_ms, round(runs[2]) as run_p95_ms`

const nowOf = (kinds: readonly string[], minutes: number) => sql`
  unnest(${kinds}::text[]) kind
  cross join lateral (
    select count(*) filter (where start_after <= now()) as waiting, count(*) filter (where start_after > now()) as deferred,
      extract(epoch from now() - min(start_after) filter (where start_after <= now()))::int as oldest_waiting_seconds
    from pgboss.job where name = kind and state < 'active' and not blocked
  ) coming
  cross join lateral (select count(*) as running from pgboss.job where name = kind and state = 'active') present
  cross join lateral (
    select count(*) filter (where state = 'completed') as done_lately, count(*) filter (where state = 'failed') as failed_lately,
      percentile_cont(array[0.5, 0.95]) within group (order by extract(epoch from started_on - start_after)::float8 * 1000) as waits,
      percentile_cont(array[0.5, 0.95]) within group (order by extract(epoch from completed_on - started_on)::float8 * 1000) as runs
    from pgboss.job where name = kind and completed_on > now() - ${minutes} * interval '1 minute'
  ) late`

/** How each kind's queue is just now: nothing that is older than so many minutes is counted, however much there is. */
export async function readKindsNow(db: Db, kinds: readonly string[], minutes: number): Promise<KindNow[]> {
  const { rows } = await sql<KindNow>`select ${nowColumns} from ${nowOf(kinds, minutes)} order by kind`.execute(db)
  return rows
}

/**
 * Numbers of each kind's queue. `lately`, and the waits and runs, are of the last so many minutes. Each part is answered
 * from an index of its own (boss.ts), so that a million finished jobs cost little.
 */
export async function readKindStats(db: Db, kinds: readonly string[], minutes: number): Promise<KindStats[]> {
  const { rows } = await sql<KindStats>`
    select ${nowColumns}, done, failed from ${nowOf(kinds, minutes)}
    cross join lateral (
      select count(*) filter (where state = 'completed') as done, count(*) filter (where state = 'failed') as failed
      from pgboss.job where name = kind and completed_on is not null
    ) past
    order by kind`.execute(db)
  return rows
}

export type QueueLoad = { waiting: number; oldestWaitingSeconds: number; workersAlive: number; dead: number }

/** The few numbers that say whether the queue is well. */
export async function readLoad(db: Db, kinds: readonly string[], silentSeconds: number): Promise<QueueLoad> {
  const { rows } = await sql<QueueLoad>`
    select count(*) as waiting, coalesce(extract(epoch from now() - min(start_after)), 0)::int as "oldestWaitingSeconds",
      (select count(*) from worker where seen_at > now() - ${silentSeconds} * interval '1 s') as "workersAlive",
      (select count(*) from pgboss.job where name = ${deadLetterQueue}) as dead
    from pgboss.job where name = any(${kinds}::text[]) and state < 'active' and not blocked and start_after <= now()`.execute(
    db,
  )
  const [load] = rows
  if (!load) throw new Error('The queue gave no answer about itself')
  return load
}

export type JobTroubles = { failedLastHour: number; dead: number; deadOldestSeconds: number }

/** How many jobs were given up in the last hour, and how long dead letters have waited for somebody. */
export async function readTroubles(db: Db, kinds: readonly string[]): Promise<JobTroubles> {
  const { rows } = await sql<JobTroubles>`
    select count(*) as dead, coalesce(extract(epoch from now() - min(created_on)), 0)::int as "deadOldestSeconds",
      (select count(*) from pgboss.job where name = any(${kinds}::text[]) and state = 'failed'
        and completed_on > now() - interval '1 hour') as "failedLastHour"
    from pgboss.job where name = ${deadLetterQueue}`.execute(db)
  return rows[0] ?? { failedLastHour: 0, dead: 0, deadOldestSeconds: 0 }
}

/** Of each kind how many wait in the dead letters. */
export async function countDead(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ kind: string; dead: number }>`
    select source_name as kind, count(*) as dead from pgboss.job where name = ${deadLetterQueue} group by 1`.execute(db)
  return new Map(rows.map(({ kind, dead }) => [kind, dead]))
}

export type WorkerState = {
  id: string
  host: string
  pid: number
  slots: number
  running: number
  started_at: Date
  seen_at: Date
  is_silent: boolean
}

/** Every worker that has not ended in order; `is_silent` by the database's clock, so that nobody's own matters. */
export async function listWorkers(db: Db, silentSeconds: number): Promise<WorkerState[]> {
  const { rows } = await sql<WorkerState>`
    select *, seen_at < now() - ${silentSeconds} * interval '1 s' as is_silent from worker order by started_at`.execute(
    db,
  )
  return rows
}
