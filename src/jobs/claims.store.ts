import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** One try of one job: once the job was claimed again, `retryCount` has moved on and nothing said of this try counts. */
export type Claim = { kind: string; id: string; retryCount: number }

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
