import { must, type Context } from '../context.ts'
import { gradeOfQueue } from '../ops/grading.rules.ts'
import { kindNames } from './kinds.ts'
import { countDead, listWorkers, readKindsNow, readKindStats, type KindNow, type WorkerState } from './stats.store.ts'

const lately = 5

/** How the queue is doing, kind by kind, and who works. Rates, waits and runs are of the last five minutes. */
export async function readJobStats({ database: { db }, actor }: Context, silentSeconds: number) {
  must(actor, 'jobs:read')
  const [rows, dead, workers] = await Promise.all([
    readKindStats(db, kindNames, lately),
    countDead(db),
    listWorkers(db, silentSeconds),
  ])
  const kinds = rows.map((row) => Object.assign(kindView(row, dead), { done: row.done, failed: row.failed }))
  const totals = {
    waiting: sum(kinds.map(({ waiting }) => waiting)),
    running: sum(kinds.map(({ running }) => running)),
    done: sum(kinds.map(({ done }) => done)),
    failed: sum(kinds.map(({ failed }) => failed)),
    dead: sum([...dead.values()]),
    oldestWaitingSeconds: Math.max(0, ...kinds.map(({ oldestWaitingSeconds }) => oldestWaitingSeconds ?? 0)),
  }
  const workersAlive = workers.filter(({ is_silent: isSilent }) => !isSilent).length
  return {
    ...gradeOfQueue({ ...totals, workersAlive }),
    kinds,
    totals,
    workers: workers.map(workerView),
  }
}

/** The same without counting what is long over, for those who look every few seconds. */
export async function readQueueNow({ database: { db }, actor }: Context, silentSeconds: number) {
  must(actor, 'jobs:read')
  const [rows, dead, workers] = await Promise.all([
    readKindsNow(db, kindNames, lately),
    countDead(db),
    listWorkers(db, silentSeconds),
  ])
  const kinds = rows.map((row) => kindView(row, dead))
  const oldestWaitingSeconds = Math.max(0, ...kinds.map((one) => one.oldestWaitingSeconds ?? 0))
  return { kinds, oldestWaitingSeconds, workers: workers.map(workerView) }
}

function workerView({ started_at: startedAt, seen_at: seenAt, is_silent: isSilent, ...worker }: WorkerState) {
  return { ...worker, startedAt: startedAt.toISOString(), seenAt: seenAt.toISOString(), isSilent }
}

function kindView(row: KindNow, dead: ReadonlyMap<string, number>) {
  const { kind, waiting, deferred, running } = row
  return {
    kind,
    waiting,
    deferred,
    running,
    dead: dead.get(kind) ?? 0,
    oldestWaitingSeconds: row.oldest_waiting_seconds,
    perMinute: row.done_lately / lately,
    failedPerMinute: row.failed_lately / lately,
    waitMs: { p50: row.wait_p50_ms, p95: row.wait_p95_ms },
    runMs: { p50: row.run_p50_ms, p95: row.run_p95_ms },
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
