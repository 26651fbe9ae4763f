import type { Db } from '../db/database.ts'
import type { Log } from '../ops/log.ts'
import { endpointOf } from './calls.rules.ts'
import { insertCalls, type Call } from './calls.store.ts'
import type { LogLine } from './client.ts'

export type CallLog = AsyncDisposable & { add: (line: LogLine) => void }

const flushEveryMs = 1_000
const rowsAStatement = 1_000
/** While the database is away, the newest calls are kept; older ones are left out, and that is said. */
const mostKept = 20_000

/** Notes each call to Lightspeed in the database, a second's calls in one statement; no caller waits for it. */
export function openCallLog({ db, log }: { db: Db; log: Log }): CallLog {
  let waiting: Call[] = []
  let flushing: Promise<void> | undefined
  const flush = async () => {
    while (waiting.length > 0) {
      const calls = waiting.slice(0, rowsAStatement)
      await insertCalls(db, calls)
      waiting = waiting.slice(calls.length)
    }
  }
  const flushQuietly = () => {
    flushing ??= flush()
      .catch((error: unknown) => log.warn({ error, waiting: waiting.length }, 'Calls to Lightspeed wait to be noted'))
      .finally(() => (flushing = undefined))
    return flushing
  }
  const timer = setInterval(() => void flushQuietly(), flushEveryMs)
  timer.unref()
  const add = (line: LogLine) => {
    if (waiting.length >= mostKept && !flushing) leaveOut()
    waiting.push(callOf(line, new Date()))
  }
  const leaveOut = () => {
    waiting = waiting.slice(mostKept / 2)
    log.warn({ leftOut: mostKept / 2 }, 'The database is away: older calls to Lightspeed are not noted')
  }
  const close = async () => {
    clearInterval(timer)
    await flushing
    await flushQuietly()
  }
  return { add, [Symbol.asyncDispose]: close }
}

function callOf({ ms, failure, ...line }: LogLine, now: Date): Call {
  const at = new Date(now.getTime() - ms)
  return { ...line, at, endpoint: endpointOf(line.path), durationMs: Math.round(ms), failure: failure ?? null }
}
