import { fromKysely, PgBoss, type Db as BossDb } from 'pg-boss'
import type { Pool, PoolClient } from 'pg'
import type { Database, Db } from '../db/database.ts'
import { kindNames, settingsOf, type JobKind } from './kinds.ts'

/** pg-boss keeps to a schema of its own, so that the queue can move to a database of its own. */
export const schema = 'pgboss'

/** One for all kinds: whatever failed for good waits here for a person. */
export const deadLetterQueue = 'dead-letters'

const neverSeconds = 10 * 365 * 24 * 3600
const daySeconds = 24 * 3600

/** Silent for so long, a worker is taken for dead and its jobs go back. pg-boss takes no less than 10 s. */
export const usualRescueSeconds = 300

/** Brings the queue's tables to the version that this code speaks, and each kind's queue to its settings. Many may ask at once. */
export async function installQueue({ pool }: Pick<Database, 'pool'>, rescueSeconds: number = usualRescueSeconds) {
  const boss = new PgBoss({ ...quiet, db: bossDb(pool) })
  boss.on('error', () => {})
  await boss.start()
  try {
    await ensureQueues(boss, rescueSeconds)
    await ensureOwnThings(pool)
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** For orders (claims.store.ts), and for the numbers of the queue (stats.store.ts), which pg-boss counts only now and then. */
const ownThings = {
  consign_place: `create sequence if not exists ${schema}.consign_place`,
  consign_job_order: `create index if not exists consign_job_order on ${schema}.job_common (group_id, group_tier)
    where group_id is not null and state <= 'active'`,
  consign_job_running: `create index if not exists consign_job_running on ${schema}.job_common (name) where state = 'active'`,
  consign_job_scheduled: `create index if not exists consign_job_scheduled on ${schema}.job_common (name, created_on)
    where singleton_key is not distinct from name`,
  consign_job_failing: `create index if not exists consign_job_failing on ${schema}.job_common (name, start_after)
    where state = 'retry'`,
  consign_job_over: `create index if not exists consign_job_over on ${schema}.job_common (name, completed_on) include (state)
    where completed_on is not null`,
} as const

/** Asked for even where it is there, an index waits for all who write: for a frozen worker, and all others would wait too. */
async function ensureOwnThings(pool: Database['pool']) {
  for (const [name, make] of Object.entries(ownThings)) {
    const { rows } = await pool.query<{ is_missing: boolean }>('select to_regclass($1) is null as is_missing', [
      `${schema}.${name}`,
    ])
    if (rows[0]?.is_missing) await pool.query(make)
  }
}

const quiet = { schema, supervise: false, schedule: false } as const

async function ensureQueues(boss: PgBoss, rescueSeconds: number) {
  const present = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]))
  if (!present.has(deadLetterQueue)) {
    await boss.createQueue(deadLetterQueue, { retentionSeconds: neverSeconds, deleteAfterSeconds: 0 })
  }
  for (const kind of kindNames) {
    const wanted = queueOptions(kind, rescueSeconds)
    const queue = present.get(kind)
    if (!queue) await boss.createQueue(kind, { ...wanted, policy: 'short' })
    else if (Object.entries(wanted).some(([name, value]) => Reflect.get(queue, name) !== value))
      await boss.updateQueue(kind, wanted)
  }
}

/** Policy `short`: of one key only one job waits. Delays between attempts are ours (settling.ts). */
function queueOptions(kind: JobKind, rescueSeconds: number) {
  const { attempts, timeoutSeconds, keepDays } = settingsOf(kind)
  return {
    retryLimit: attempts - 1,
    retryDelay: 0,
    expireInSeconds: timeoutSeconds + 30,
    heartbeatSeconds: rescueSeconds,
    retentionSeconds: neverSeconds,
    deleteAfterSeconds: keepDays * daySeconds,
    deadLetter: deadLetterQueue,
    notify: true,
  }
}

export type BossOptions = {
  /** Watches over silent workers and old jobs, and sends what is due by the clock. */
  supervise?: boolean
  onError: (error: unknown) => void
}

export type Boss = AsyncDisposable & { boss: PgBoss }

const superviseEverySeconds = 30

/** pg-boss on our own pool. */
export async function openBoss({ pool }: Database, { supervise = false, onError }: BossOptions): Promise<Boss> {
  const watch = { superviseIntervalSeconds: superviseEverySeconds, monitorIntervalSeconds: superviseEverySeconds }
  const boss = new PgBoss({ ...quiet, ...watch, supervise, schedule: supervise, migrate: false, db: bossDb(pool) })
  boss.on('error', onError)
  await boss.start()
  return { boss, [Symbol.asyncDispose]: () => boss.stop({ graceful: false }) }
}

/** pg-boss inside a transaction of ours: what it does stands or falls with that. */
export function bossIn(client: PoolClient): PgBoss {
  return new PgBoss({ ...quiet, migrate: false, db: bossDb(client) })
}

/** The same in a transaction that is known by its queries alone. */
export function bossOn(tx: Db): PgBoss {
  return new PgBoss({ ...quiet, migrate: false, db: fromKysely(tx) })
}

/** When a cron line is due next. Throws for a line that is none. */
export function nextByCron(cron: string, timezone: string, after: Date): Date {
  const [next] = calendar.previewSchedule(cron, { tz: timezone, from: after, count: 1 })
  if (next) return next
  throw new Error(`${cron} is never due`)
}

const calendar = new PgBoss({
  ...quiet,
  db: { executeSql: () => Promise.reject(new Error('A calendar asks nothing')) },
})

/** What pg-boss is to send its statements to: the pool, or the one connection of a transaction. */
export function bossDb(client: Pool | PoolClient): BossDb {
  return {
    executeSql: async (text, values) => {
      const result: unknown = await client.query(text, values)
      return { rows: rowsOf(result) }
    },
  }
}

/** Several statements at once answer with several results. */
function rowsOf(result: unknown): unknown[] {
  if (Array.isArray(result)) return result.flatMap(rowsOf)
  return typeof result === 'object' && result !== null && 'rows' in result && Array.isArray(result.rows)
    ? result.rows
    : []
}

/** Which jobs a settling reached: those that were still the try that was named. pg-boss answers it, and leaves it out of its types. */
export function reachedBy(response: object): string[] {
  if (!('settled' in response) || !Array.isArray(response.settled))
    throw new Error('pg-boss does not say what it reached')
  return response.settled.map(String)
}
