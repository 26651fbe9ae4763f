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

/** Numbers of each kind's queue. `lately`, and the waits and runs, are of the last so many minutes. */
export async function readKindStats(db: Db, kinds: readonly string[], minutes: number): Promise<KindStats[]> {
  const { rows } = await sql<KindStats>`
    select kind, coalesce(waiting, 0) as waiting, coalesce(deferred, 0) as deferred, coalesce(running, 0) as running,
      coalesce(done, 0) as done, coalesce(failed, 0) as failed, oldest_waiting_seconds,
      coalesce(done_lately, 0) as done_lately, coalesce(failed_lately, 0) as failed_lately,
      round(waits[1]) as wait_p50_ms, round(waits[2]) as wait_p95_ms, round(runs[1]) as run_p50_ms, round(runs[2]) as run_p95_ms
    from unnest(${kinds}::text[]) kind
    left join (
      select name, count(*) filter (where is_due) as waiting, count(*) filter (where state < 'active' and not is_due) as deferred,
        count(*) filter (where state = 'active') as running, count(*) filter (where state = 'completed') as done,
        count(*) filter (where state = 'failed') as failed,
        extract(epoch from now() - min(start_after) filter (where is_due))::int as oldest_waiting_seconds,
        count(*) filter (where state = 'completed' and is_late) as done_lately,
        count(*) filter (where state = 'failed' and is_late) as failed_lately,
        percentile_cont(array[0.5, 0.95]) within group (order by wait_ms) filter (where is_late) as waits,
        percentile_cont(array[0.5, 0.95]) within group (order by run_ms) filter (where is_late) as runs
      from (
        select name, state, start_after, state < 'active' and start_after <= now() as is_due,
          completed_on > now() - ${minutes} * interval '1 minute' as is_late,
          extract(epoch from started_on - start_after)::float8 * 1000 as wait_ms,
          extract(epoch from completed_on - started_on)::float8 * 1000 as run_ms
        from pgboss.job where name = any(${kinds}::text[])
      ) job group by name
    ) numbers on numbers.name = kind
    order by kind`.execute(db)
  return rows
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
