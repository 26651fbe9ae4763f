import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database, Db } from '#src/db/database.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { openBoss } from '#src/jobs/boss.ts'
import type { Handler } from '#src/jobs/handler.ts'
import { handlers } from '#src/jobs/handlers.ts'
import type { JobArgs } from '#src/jobs/kinds.ts'
import type { How } from '#src/jobs/port.ts'
import { enqueue, enqueueMany } from '#src/jobs/queue.ts'
import { startWorker, type Worker, type WorkerOptions } from '#src/jobs/worker.ts'
import { openShop, type ShopOptions } from './shop.ts'

type Task = Handler<'mirror.sync'>

/**
 * A shop with a queue. Its jobs are of the kind `mirror.sync` with one word, and what they do is told by the story:
 * `hire` starts a worker that does it.
 */
export async function openWorkshop(options: ShopOptions = {}) {
  await using stack = new AsyncDisposableStack()
  const shop = stack.use(await openShop(options))
  const { database } = shop.house
  const { db } = database
  const workers: Worker[] = []
  const dismissAll = async () => void (await Promise.all(workers.splice(0).map((worker) => worker.stop())))
  stack.defer(dismissAll)
  const hire = async (task: Task, more: Partial<WorkerOptions> = {}) => {
    const worker = await startWorker(shop.house, { slots: 4, handlers: { ...handlers, 'mirror.sync': task }, ...more })
    workers.push(worker)
    return worker
  }
  const order = (word: string, how?: How) => inTransaction(database, (tx) => enqueue(tx.db, kind, wordOf(word), how))
  const closing = stack.move()
  return {
    ...shop,
    hire,
    order,
    orderAll: (words: readonly string[], how: How = {}) =>
      inTransaction(database, ({ db: tx }) =>
        enqueueMany(
          tx,
          kind,
          words.map((word) => ({ args: wordOf(word), ...how })),
        ),
      ),
    /** What a worker does every half minute: takes back the jobs of those that have been silent for too long. */
    rescue: () => rescueIn(database),
    /** Until all is done, though connections were cut between a claim and its answer: such jobs belong to nobody. */
    rescueUntilSettled: () =>
      until(async () => {
        await rescueAll(database)
        await sleep(200)
        return (await unsettled(db)) === 0
      }),
    states: () => statesIn(db),
    /** How many jobs are in a state. */
    count: (state: string) => countIn(db, state),
    /** Sends all workers home. */
    dismissAll,
    settled: (longestMs?: number) => until(async () => (await unsettled(db)) === 0, longestMs),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

export const kind = 'mirror.sync'

export function wordOf(word: string): JobArgs[typeof kind] {
  return { entities: [word] }
}

/** So many different words, in the order of the alphabet. */
export function wordsOf(many: number): string[] {
  return Array.from({ length: many }, (_, at) => `job ${String(at).padStart(6, '0')}`)
}

async function countIn(db: Db, state: string): Promise<number> {
  const { rows } = await sql<{ jobs: number }>`
    select count(*) as jobs from pgboss.job where name = ${kind} and state::text = ${state}`.execute(db)
  return rows[0]?.jobs ?? 0
}

/** Of each word the state of its job. */
async function statesIn(db: Db): Promise<Record<string, string>> {
  const { rows } = await sql<{ word: string; state: string }>`
    select data #>> '{args,entities,0}' as word, state from pgboss.job where name = ${kind} order by created_on`.execute(
    db,
  )
  return Object.fromEntries(rows.map(({ word, state }) => [word, state]))
}

async function unsettled(db: Db): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*) as open from pgboss.job where name = ${kind} and state < 'completed'`.execute(db)
  return rows[0]?.open ?? 0
}

/** Waits for something that will come; fails the story when it does not come in time. */
export async function until(isSo: () => boolean | Promise<boolean>, longestMs = 20_000) {
  const end = Date.now() + longestMs
  while (!(await isSo())) {
    assert.ok(Date.now() < end, 'what the story waits for did not come')
    await sleep(20)
  }
}

/** Takes every job back that has run for a second: whoever has it may go on, but what it says does not count. */
export async function rescueAll(database: Database) {
  await sql`update pgboss.job set heartbeat_on = now() - interval '1 hour'
    where state = 'active' and started_on < now() - interval '1 s'`.execute(database.db)
  await rescueIn(database)
}

/** Looks for silent workers now, as every worker does each half minute. */
export async function rescueIn(database: Database) {
  await using opened = await openBoss(database, { onError: (error) => assert.fail(String(error)) })
  await sql`update pgboss.queue set monitor_on = null, monitor_claim_on = null`.execute(database.db)
  await opened.boss.supervise()
}
