import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { JobKind } from './kinds.ts'
import type { Claim, Claimed } from './port.ts'

/** Kinds that have something to do now, the most pressing first. One look at the head of each kind's index. */
export async function listDueKinds(db: Db, kinds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    select kind from unnest(${kinds}::text[]) kind cross join lateral (
      select priority, created_on from pgboss.job j
      where j.name = kind and state < 'active' and not blocked and start_after <= now()
      order by priority desc, created_on limit 1
    ) head order by head.priority desc, head.created_on`.execute(db)
  return rows.map(({ kind }) => kind)
}

/**
 * Claims jobs of a kind that are due, the most pressing first. A job of an order is not claimed while an earlier one of it
 * waits, runs or lies among the dead letters (whose rows wait too). No two can be claimed at once: places are given out in
 * the order of the commits (places.store.ts), so that none appears before one that is claimed.
 */
export async function claimDue(db: Db, kind: JobKind, most: number): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    with next as (
      select id from pgboss.job j
      where name = ${kind} and state < 'active' and not blocked and start_after <= now()
        and (group_id is null or not exists (
          select from pgboss.job before
          where before.group_id = j.group_id and before.group_tier < j.group_tier and before.state <= 'active'
        ))
      order by priority desc, created_on limit ${most} for update skip locked
    ), claimed as (
      update pgboss.job j set state = 'active', started_on = now(), heartbeat_on = now(),
        retry_count = retry_count + case when started_on is null then 0 else 1 end
      from next where j.name = ${kind} and j.id = next.id
      returning j.id, retry_count, retry_limit, group_id, data, output, priority, created_on
    )
    select ${kind} as kind, id, retry_count as "retryCount", retry_limit as "retryLimit", group_id as "order", data, output
    from claimed order by priority desc, created_on`.execute(db)
  return rows
}

export type PutBack = {
  delayMs: number
  /** Of a try that failed: what is kept to be shown. Without it the try is given back, as if it had not been. */
  failure?: object
}

/** Puts a running job back to wait. Returns whether it was still this try's. */
export async function putBack(db: Db, { kind, id, retryCount }: Claim, { delayMs, failure }: PutBack) {
  const givenBack = failure ? 0 : 1
  const output = failure ? JSON.stringify(failure) : null
  const { numAffectedRows } = await sql`
    update pgboss.job set state = 'retry', heartbeat_on = null, retry_limit = retry_limit + ${givenBack},
      start_after = now() + ${delayMs} * interval '1 ms', output = coalesce(${output}::jsonb, output)
    where name = ${kind} and id = ${id} and state = 'active' and retry_count = ${retryCount}`.execute(db)
  return numAffectedRows === 1n
}

/** The next failure of this try is the last. */
export async function spendAttempts(db: Db, { kind, id, retryCount }: Claim) {
  await sql`
    update pgboss.job set retry_limit = retry_count
    where name = ${kind} and id = ${id} and state = 'active' and retry_count = ${retryCount}`.execute(db)
}

export type WorkerRow = { id: string; host: string; pid: number; slots: number; running: number }

/** A worker's sign of life. */
export async function noteWorker(db: Db, { id, host, pid, slots, running }: WorkerRow) {
  await sql`
    insert into worker (id, host, pid, slots, running) values (${id}, ${host}, ${pid}, ${slots}, ${running})
    on conflict (id) do update set seen_at = now(), running = excluded.running`.execute(db)
}

export async function forgetWorker(db: Db, id: string) {
  await sql`delete from worker where id = ${id} or seen_at < now() - interval '1 day'`.execute(db)
}
