import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../db/database.ts'
import { isDatabaseAway, patiently } from '../db/faults.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  closedBreaker,
  failed,
  leaveOf,
  tried,
  trying,
  usualBreaking,
  type Breaker,
  type Breaking,
  type Leave,
  type TrialEnd,
} from './breaker.rules.ts'
import { lockBreaker, readBreaker, readClock, saveBreaker } from './breaker.store.ts'
import type { Priority } from './budget.rules.ts'
import type { Wait } from './budget.ts'

/** Leaves a Lightspeed alone that fails again and again; shared by all processes on one database. */
export type CircuitBreaker = {
  /**
   * Before each request. While Lightspeed is left alone the sync waits, and a person gets a Refusal (502) with until when.
   * Rejects with the signal's reason once it is aborted.
   */
  pass(priority: Priority, signal?: AbortSignal): Promise<Passage>
  /** Tells when requests begin to wait here, and null when they go on. Returns how to stop listening. */
  onWait(listener: (wait: Wait | null) => void): () => void
  /** How it stands for all processes; `until` is when Lightspeed is asked again. */
  read(): Promise<{ isOpen: boolean; failures: number; openedAt: Date | null; until: Date | null }>
}

/** To be ended with what became of the request; `unknown` where it was not sent, or broken off. */
type Passage = { end(how: TrialEnd): Promise<void> }

export type BreakerOptions = {
  db: Db
  retailer: string
  breaking?: Partial<Breaking>
  /** For tests: another clock than the database's, and how often who waits looks again. */
  clock?: (db: Db) => Promise<number>
  lookMs?: number
}

export function openBreaker(options: BreakerOptions): CircuitBreaker {
  return new SharedBreaker(options)
}

/** What other processes saw is known here as soon. */
const usualLookMs = 1_000

class SharedBreaker implements CircuitBreaker {
  readonly #db: Db
  readonly #retailer: string
  readonly #breaking: Breaking
  readonly #clock: (db: Db) => Promise<number>
  readonly #lookMs: number
  readonly #listeners = new Set<(wait: Wait | null) => void>()
  #seen: { breaker: Breaker; at: number } = { breaker: closedBreaker, at: -Infinity }
  #looking: Promise<Breaker> | undefined
  #told: Wait | null = null

  constructor({ db, retailer, breaking = {}, clock = readClock, lookMs = usualLookMs }: BreakerOptions) {
    this.#db = db
    this.#retailer = retailer
    this.#breaking = { ...usualBreaking, ...breaking }
    this.#clock = clock
    this.#lookMs = lookMs
  }

  async pass(priority: Priority, signal?: AbortSignal): Promise<Passage> {
    for (;;) {
      signal?.throwIfAborted()
      const leave = await this.#leave(signal)
      if (leave.kind !== 'wait') {
        this.#tell(null)
        return { end: (how) => (leave.kind === 'trial' ? this.#endTrial(how) : this.#end(how)) }
      }
      const until = new Date(leave.until)
      if (priority === 'person') throw this.#resting(until, leave.leftMs)
      this.#tell({ until, reason: 'resting' })
      await this.#pause(Math.min(leave.leftMs, this.#lookMs), signal)
    }
  }

  onWait(listener: (wait: Wait | null) => void): () => void {
    this.#listeners.add(listener)
    if (this.#told) listener(this.#told)
    return () => this.#listeners.delete(listener)
  }

  async read() {
    const { failures, openedAt, openUntil } = await readBreaker(this.#db, this.#retailer)
    return {
      isOpen: openUntil !== null,
      failures: failures.length,
      openedAt: timeOf(openedAt),
      until: timeOf(openUntil),
    }
  }

  /** Mostly answered from memory: the row is read once a second, by one of those who ask. */
  async #leave(signal?: AbortSignal): Promise<Exclude<Leave, { kind: 'wait' }> | Waiting> {
    const breaker = await patiently(() => this.#look(), { signal })
    if (breaker.openUntil === null) return { kind: 'go' }
    const now = await patiently(() => this.#clock(this.#db), { signal })
    const leave = leaveOf(breaker, now)
    if (leave.kind !== 'trial') return withLeft(leave, now)
    return patiently(
      () =>
        this.#change((current, at) => {
          const result = withLeft(leaveOf(current, at), at)
          return { breaker: result.kind === 'trial' ? trying(current, at, this.#breaking) : current, result }
        }),
      { signal },
    )
  }

  #look(): Promise<Breaker> {
    if (performance.now() - this.#seen.at < this.#lookMs) return Promise.resolve(this.#seen.breaker)
    this.#looking ??= readBreaker(this.#db, this.#retailer)
      .then((breaker) => this.#remember(breaker))
      .finally(() => (this.#looking = undefined))
    return this.#looking
  }

  async #end(how: TrialEnd) {
    if (how !== 'failed') return
    await this.#note((breaker, now) => failed(breaker, now, this.#breaking))
  }

  async #endTrial(how: TrialEnd) {
    await this.#note((breaker, now) => tried(breaker, how, now, this.#breaking))
  }

  /** Without a database nothing is counted, and nothing could be stored either; a trial that was not ended is soon another's. */
  async #note(change: (breaker: Breaker, now: number) => Breaker) {
    try {
      await this.#change((breaker, now) => ({ breaker: change(breaker, now), result: undefined }))
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
    }
  }

  #change<Result>(change: (breaker: Breaker, now: number) => { breaker: Breaker; result: Result }): Promise<Result> {
    return this.#db.transaction().execute(async (tx) => {
      await lockBreaker(tx, this.#retailer)
      const { breaker, result } = change(await readBreaker(tx, this.#retailer), await this.#clock(tx))
      await saveBreaker(tx, this.#retailer, breaker)
      this.#remember(breaker)
      return result
    })
  }

  #remember(breaker: Breaker): Breaker {
    this.#seen = { breaker, at: performance.now() }
    return breaker
  }

  #resting(until: Date, leftMs: number): Refusal {
    const retryAfterSeconds = Math.max(1, Math.ceil(leftMs / 1000))
    const message =
      `Lightspeed failed ${this.#breaking.failures} times within ${this.#breaking.windowMs / 1000} s, so it is left alone: ` +
      `it is asked again at ${until.toISOString()}. Ask again then (in ${retryAfterSeconds} s)`
    return new Refusal('unreachable', 'lightspeed_resting', message, { until: until.toISOString(), retryAfterSeconds })
  }

  #tell(wait: Wait | null) {
    if (wait?.until.getTime() === this.#told?.until.getTime()) return
    this.#told = wait
    for (const listener of this.#listeners) listener(wait)
  }

  async #pause(ms: number, signal?: AbortSignal) {
    try {
      await sleep(ms, undefined, signal ? { signal } : {})
    } catch (error) {
      throw signal?.reason ?? error
    }
  }
}

type Waiting = { kind: 'wait'; until: number; leftMs: number }

function withLeft(leave: Leave, now: number): Exclude<Leave, { kind: 'wait' }> | Waiting {
  return leave.kind === 'wait' ? { ...leave, leftMs: leave.until - now } : leave
}

function timeOf(at: number | null): Date | null {
  return at === null ? null : new Date(at)
}
