import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database, Db } from '#src/db/database.ts'
import { patiently } from '#src/db/faults.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Handler } from '#src/jobs/handler.ts'
import { enqueue } from '#src/jobs/queue.ts'
import { kind, wordOf, type openWorkshop } from './workers.ts'

type Workshop = Awaited<ReturnType<typeof openWorkshop>>

type LedgerWorker = {
  signal: (signal: NodeJS.Signals) => void
  kill: () => Promise<void>
  /** Its exit code; null when a signal ended it. */
  exited: Promise<number | null>
}

/** Where each job's effect is written: a word that stands there twice was done twice. */
export async function openLedger(shop: Workshop) {
  const starts = join(shop.dataDir, 'starts')
  const { db } = shop.house.database
  await sql`create table ledger (word text); create table asked (word text primary key)`.execute(db)
  const workers: LedgerWorker[] = []
  const kill = async () => void (await Promise.all(workers.map((worker) => worker.kill())))
  return {
    [Symbol.asyncDispose]: kill,
    /** What took effect, in the order of the alphabet. */
    words: () => patiently(() => wordsIn(db)),
    /** What a worker of this process does: the word into the ledger, and a while. */
    task: (whileMs: () => number): Handler<typeof kind> => ({
      inTransaction: async (tx, { args: { entities } }) => {
        await sql`insert into ledger (word) values (${entities[0]})`.execute(tx.db)
        await sleep(whileMs())
      },
    }),
    orderOnce: (word: string) => patiently(() => orderOnce(shop.house.database, word)),
    /** A shopkeeper's changes with their jobs, one after the other while the story goes on. */
    keepOrdering: (wanted: readonly string[], pauseMs: number) => keepOrdering(shop.house.database, wanted, pauseMs),
    /** Each start of a job, in order. */
    starts: () => (existsSync(starts) ? readFileSync(starts, 'utf8').split('\n').slice(0, -1) : []),
    /** A worker in a process of its own. */
    startWorker: async (settings: Record<string, string> = {}) => {
      const worker = await startLedgerWorker(shop, { LEDGER_STARTS: starts, ...settings })
      workers.push(worker)
      return worker
    },
    /** As if everyone at work had been silent for an hour: PostgreSQL itself cuts who froze while completing a job. */
    async hourPasses() {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction' and query like '%pgboss%'
          and state_change < now() - interval '300 ms'`.execute(db)
      await sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '1 hour' where state = 'active'`.execute(
        db,
      )
      await shop.rescue()
    },
  }
}

async function wordsIn(db: Db): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`select word from ledger order by word`.execute(db)
  return rows.map(({ word }) => word)
}

function keepOrdering(database: Database, words: readonly string[], pauseMs: number) {
  const stopping = new AbortController()
  const { signal } = stopping
  const ordering = (async () => {
    for (const word of words) {
      if (signal.aborted) return
      await patiently(() => orderOnce(database, word), { signal })
      await sleep(pauseMs)
    }
  })()
  const stop = async () => {
    stopping.abort()
    await ordering.catch(() => {})
  }
  return { ended: () => ordering, [Symbol.asyncDispose]: stop }
}

/** Asked again because the answer was lost, a change is known already, and asks for no second job. */
function orderOnce(database: Database, word: string) {
  return inTransaction(database, async ({ db }) => {
    const { rows } = await sql`insert into asked values (${word}) on conflict do nothing returning word`.execute(db)
    if (rows.length > 0) await enqueue(db, kind, wordOf(word))
  })
}

async function startLedgerWorker({ settings }: Workshop, more: Record<string, string>): Promise<LedgerWorker> {
  const env = { PATH: process.env['PATH'] ?? '', ...settings, ...more }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ledger-worker.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit').then(() => child.exitCode)
  await Promise.race([
    once(child.stdout, 'data'),
    exited.then(() => Promise.reject(new Error('The worker did not start'))),
  ])
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await exited
  }
  return { signal: (signal) => void child.kill(signal), kill, exited }
}
