import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { openWorkshop } from './workers.ts'

type Workshop = Awaited<ReturnType<typeof openWorkshop>>

type LedgerWorker = { signal: (signal: NodeJS.Signals) => void; kill: () => Promise<void> }

/** Where each job's effect is written: a word that stands there twice was done twice. */
export async function openLedger(shop: Workshop) {
  const starts = join(shop.dataDir, 'starts')
  await sql`create table ledger (word text)`.execute(shop.db)
  const words = async () => {
    const { rows } = await sql<{ word: string }>`select word from ledger order by word`.execute(shop.db)
    return rows.map(({ word }) => word)
  }
  const workers: LedgerWorker[] = []
  const kill = async () => void (await Promise.all(workers.map((worker) => worker.kill())))
  return {
    [Symbol.asyncDispose]: kill,
    words,
    /** Each start of a job, in order. */
    starts: () => (existsSync(starts) ? readFileSync(starts, 'utf8').split('\n').slice(0, -1) : []),
    startWorker: async (settings: Record<string, string> = {}) => {
      const worker = await startLedgerWorker(shop, { LEDGER_STARTS: starts, ...settings })
      workers.push(worker)
      return worker
    },
    /** As if everyone at work had been silent for an hour: PostgreSQL itself cuts who froze while completing a job. */
    async hourPasses() {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction' and query like '%pgboss%'
          and state_change < now() - interval '300 ms'`.execute(shop.db)
      await sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '1 hour' where state = 'active'`.execute(
        shop.db,
      )
      await shop.rescue()
    },
  }
}

async function startLedgerWorker({ settings }: Workshop, more: Record<string, string>): Promise<LedgerWorker> {
  const env = { PATH: process.env['PATH'] ?? '', ...settings, ...more }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ledger-worker.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  await Promise.race([
    once(child.stdout, 'data'),
    exited.then(() => Promise.reject(new Error('The worker did not start'))),
  ])
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await exited
  }
  return { signal: (signal) => void child.kill(signal), kill }
}
