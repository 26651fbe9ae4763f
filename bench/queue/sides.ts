import { PgBoss } from 'pg-boss'
import { openDatabase, type Database, type Db } from '#src/db/database.ts'
import { inTransaction, type Transaction } from '#src/db/transaction.ts'
import { bossDb, installQueue, schema as ourSchema, usualRescueSeconds } from '#src/jobs/boss.ts'
import { settingsOf, type JobArgs } from '#src/jobs/kinds.ts'
import { enqueueMany } from '#src/jobs/queue.ts'

/** A kind that is claimed in bundles, and one whose jobs are claimed as slots become free. */
export const [bundled, single] = ['webhooks.process', 'mirror.sync'] as const
export type BenchKind = typeof bundled | typeof single

/** pg-boss alone, each job settled by itself as ours are, or a batch that stands or falls together. */
export type PeerSchema = 'plain_each' | 'plain_together'

const deadLetters = 'dead-letters'

export type Side = AsyncDisposable & {
  /** The program that does the jobs of this side, and the schema that they lie in. */
  program: string
  schema: string
  /** Puts jobs with the numbers from..from+count into the queue, in one transaction. */
  order(kind: BenchKind, from: number, count: number): Promise<void>
  /** Forgets all jobs, so that each round finds the same table. */
  clear(): Promise<void>
}

export async function openOurSide(url: string): Promise<Side> {
  const database = openDatabase(url, { poolSize: 4 })
  await installQueue(database)
  return {
    program: 'queue/our-worker.ts',
    schema: ourSchema,
    order: (kind, from, count) => inTransaction(database, ({ db }) => enqueueOurs(db, kind, numbersFrom(from, count))),
    clear: () => clear(database, ourSchema),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/** pg-boss alone, in a schema of its own in the same database, its queues with the settings that ours have. */
export async function openPlainSide(url: string, schema: PeerSchema): Promise<Side> {
  const database = openDatabase(url, { poolSize: 4 })
  const boss = new PgBoss({ schema, supervise: false, schedule: false, db: bossDb(database.pool) })
  await boss.start()
  await boss.createQueue(deadLetters)
  for (const kind of [bundled, single]) await boss.createQueue(kind, { ...settingsLike(kind), policy: 'short' })
  const insert = async ({ client }: Transaction, kind: BenchKind, numbers: readonly number[]) => {
    const jobs = numbers.map((number) => ({
      data: { args: kind === bundled ? bundledArgs(number) : singleArgs(number) },
      singletonKey: `job ${number}`,
    }))
    await boss.insert(kind, jobs, { db: bossDb(client) })
  }
  return {
    program: 'queue/plain-worker.ts',
    schema,
    order: (kind, from, count) => inTransaction(database, (tx) => insert(tx, kind, numbersFrom(from, count))),
    clear: () => clear(database, schema),
    [Symbol.asyncDispose]: async () => {
      await boss.stop({ graceful: false })
      await database[Symbol.asyncDispose]()
    },
  }
}

async function enqueueOurs(db: Db, kind: BenchKind, numbers: readonly number[]) {
  if (kind === bundled) {
    const jobs = numbers.map((number) => ({ args: bundledArgs(number) }))
    await enqueueMany(db, kind, jobs)
    return
  }
  const jobs = numbers.map((number) => ({ args: singleArgs(number) }))
  await enqueueMany(db, kind, jobs)
}

function settingsLike(kind: BenchKind) {
  const { attempts, timeoutSeconds } = settingsOf(kind)
  return {
    retryLimit: attempts - 1,
    expireInSeconds: timeoutSeconds,
    heartbeatSeconds: usualRescueSeconds,
    deadLetter: deadLetters,
    notify: true,
  }
}

function numbersFrom(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => from + at)
}

function bundledArgs(number: number): JobArgs[typeof bundled] {
  return { eventId: String(number) }
}

function singleArgs(number: number): JobArgs[typeof single] {
  return { entities: [String(number)] }
}

async function clear({ pool }: Database, schema: string) {
  await pool.query(`delete from ${schema}.job`)
  await pool.query(`vacuum analyze ${schema}.job_common`)
  await pool.query('checkpoint')
}
