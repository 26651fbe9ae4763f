import type { Db } from '../db/database.ts'
import type { Log } from './log.ts'
import { addToTotals, type Total } from './tally.store.ts'

export type Counted =
  | 'jobs_processed_total'
  | 'jobs_failed_total'
  | 'webhooks_received_total'
  | 'lightspeed_calls_total'
  | 'lightspeed_call_milliseconds_total'

/** Counts what happens, for all processes together and across restarts; costs a statement every few seconds. */
export type Tally = AsyncDisposable & {
  add: (name: Counted, label: string, count?: number) => void
  /** Writes down what is not yet; done by itself every few seconds. */
  flush: () => Promise<void>
}

const flushEveryMs = 3_000

export function openTally({ db, log }: { db: Db; log: Log }): Tally {
  let counts = new Map<string, Total>()
  let flushing = Promise.resolve()
  const add = (name: Counted, label: string, count = 1) => {
    const key = `${name} ${label}`
    const total = counts.get(key) ?? { name, label, value: 0 }
    counts.set(key, { ...total, value: total.value + count })
  }
  const write = async () => {
    const taken = counts
    if (taken.size === 0) return
    counts = new Map()
    try {
      await addToTotals(db, [...taken.values()])
    } catch (error) {
      for (const [key, total] of taken)
        counts.set(key, { ...total, value: total.value + (counts.get(key)?.value ?? 0) })
      log.warn({ error }, 'Counts wait to be noted')
    }
  }
  const flush = () => (flushing = flushing.then(write))
  const timer = setInterval(() => void flush(), flushEveryMs)
  timer.unref()
  const close = async () => {
    clearInterval(timer)
    await flush()
  }
  return { add, flush, [Symbol.asyncDispose]: close }
}
