import type { Db } from '../db/database.ts'
import { patiently } from '../db/faults.ts'
import {
  banned,
  fiveMinutesMs,
  knowingRegisters,
  newBudget,
  probed,
  sighted,
  take,
  timingOf,
  type Answer,
  type Ban,
  type Budget,
  type Priority,
  type Timing,
  type WaitReason,
} from './budget.rules.ts'
import { changeBudget, type Change } from './budget.store.ts'
import {
  departed,
  emptied,
  emptyPocket,
  filled,
  nextStep,
  returned,
  type Departure,
  type Headers,
} from './pocket.rules.ts'
import { WaitingLine } from './waiting-line.ts'

/** The requests that Lightspeed allows one retailer, shared by all processes on one database. */
export type RateBudget = {
  /** Waits until a request may leave; people go before the sync. Rejects with the signal's reason once it is aborted. */
  enter(priority: Priority, signal?: AbortSignal): Promise<Turn>
  /** Tells when requests begin to wait (a second or longer), and null when they go on. Returns how to stop listening. */
  onWait(listener: (wait: Wait | null) => void): () => void
  /** How many registers the shop has: the limit is reckoned from it for as long as Lightspeed itself names none. */
  learnRegisters(registers: number): Promise<void>
}

type Turn = {
  /** The request is over; `null` if no answer came. Resolves when the other processes can know what it brought. */
  leave(answer: { headers: Headers | null; ban?: Ban | undefined } | null): Promise<void>
}

/** `resting`: Lightspeed failed again and again and is left alone (breaker.ts). */
export type Wait = { until: Date; reason: WaitReason | 'resting' }

export type BudgetOptions = { db: Db; retailer: string; windowMs?: number }

export function openBudget({ db, retailer, windowMs = fiveMinutesMs }: BudgetOptions): RateBudget {
  return new SharedBudget(db, retailer, timingOf(windowMs))
}

const worthTellingMs = 1000

class SharedBudget implements RateBudget {
  readonly #db: Db
  readonly #retailer: string
  readonly #timing: Timing
  readonly #line = new WaitingLine<Turn>()
  readonly #listeners = new Set<(wait: Wait | null) => void>()
  #pocket = emptyPocket
  #holdsProbe = false
  /** A refusal that the database does not know of yet, by this process's clock. */
  #ban: { until: number; isExact: boolean } | null = null
  #restsUntil: Record<Priority, number> = { person: 0, sync: 0 }
  #isServing = false
  #told: Wait | null = null
  #wake = () => {}

  constructor(db: Db, retailer: string, timing: Timing) {
    this.#db = db
    this.#retailer = retailer
    this.#timing = timing
  }

  enter(priority: Priority, signal?: AbortSignal): Promise<Turn> {
    const turn = this.#line.join(priority, signal)
    turn.catch(() => this.#wake())
    this.#wake()
    if (!this.#isServing) void this.#serve()
    return turn
  }

  onWait(listener: (wait: Wait | null) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async learnRegisters(registers: number) {
    await this.#change((budget) => ({ budget: knowingRegisters(budget, registers), result: undefined }))
  }

  /** The only one that hands out turns: asks the database once for all who wait. */
  async #serve() {
    this.#isServing = true
    try {
      for (let next = this.#line.first; next; next = this.#line.first) await this.#serveOne(next)
    } catch (error) {
      this.#line.failAll(error)
    } finally {
      this.#isServing = false
    }
  }

  async #serveOne(priority: Priority) {
    const now = performance.now()
    const step = nextStep(this.#pocket, now)
    if (step === 'send') this.#admit()
    else if (step === 'await_answer') await this.#pause(this.#timing.probeMs)
    else if (now < this.#restsUntil[priority]) await this.#pause(this.#restsUntil[priority] - now)
    else await this.#ask(priority)
  }

  #admit() {
    const { pocket, departure } = departed(this.#pocket)
    const isProbe = this.#holdsProbe
    this.#pocket = pocket
    this.#holdsProbe = false
    this.#tell(null)
    this.#line.admit({ leave: (answer) => this.#leave(answer, departure, isProbe) })
  }

  async #leave(answer: Parameters<Turn['leave']>[0], departure: Departure, isProbe: boolean) {
    const now = performance.now()
    const { pocket, isNews } = returned(this.#pocket, departure, answer?.headers ?? null, now)
    this.#pocket = answer?.ban ? emptied(pocket) : pocket
    if (answer?.ban) this.#ban = later(this.#ban, { until: now + answer.ban.waitMs, isExact: answer.ban.isExact })
    if (!isNews && !answer?.ban && !isProbe) return this.#wake()
    await this.#report((budget, time) =>
      isProbe ? probed(budget, departure.windowNumber, answer !== null, time) : budget,
    )
    this.#wake()
  }

  /** Tells the other processes. While the database is away the news stays here, and goes with the next question. */
  async #report(settle: (budget: Budget, now: number) => Budget) {
    await this.#change((budget, now) => ({ budget: settle(budget, now), result: undefined })).catch(() => {})
    this.#restsUntil = { person: 0, sync: 0 }
  }

  async #ask(priority: Priority) {
    const askedAt = performance.now()
    const answer = await patiently(() =>
      this.#change((budget, now) => {
        const { windowNumber, inFlight } = this.#pocket
        const taken = take(budget, { priority, windowNumber, inFlight }, now, this.#timing)
        return { budget: taken.budget, result: taken.answer }
      }),
    )
    if (answer.kind === 'wait') this.#rest(priority, answer)
    else if (this.#ban === null) {
      this.#pocket = filled(this.#pocket, answer.permits, answer.windowNumber, askedAt + answer.endsInMs)
      this.#holdsProbe = answer.isProbe
    }
  }

  #rest(priority: Priority, { windowNumber, waitMs, reason }: Extract<Answer, { kind: 'wait' }>) {
    this.#pocket = filled(this.#pocket, 0, windowNumber, 0)
    const looksAgainMs =
      reason === 'probing' ? Math.max(10, this.#timing.windowMs / 3000) : Math.min(15_000, this.#timing.windowMs / 20)
    this.#restsUntil[priority] = performance.now() + Math.min(waitMs, looksAgainMs)
    if (waitMs >= worthTellingMs) this.#tell({ until: new Date(Date.now() + waitMs), reason })
  }

  /** Changes the shared row, and brings it what this process has seen. */
  async #change<Result>(change: Change<Result>): Promise<Result> {
    const ban = this.#ban
    const result = await changeBudget(
      this.#db,
      this.#retailer,
      (now) => newBudget(now, this.#timing),
      (budget, now) => {
        return change(this.#withNews(budget, now), now)
      },
    )
    if (this.#ban === ban) this.#ban = null
    return result
  }

  #withNews(budget: Budget, now: number): Budget {
    const { seen } = this.#pocket
    const local = performance.now()
    const counted = seen ? sighted(budget, { ...seen, ageMs: local - seen.at }, now, this.#timing) : budget
    const ban = this.#ban
    return ban && ban.until > local
      ? banned(counted, { waitMs: ban.until - local, isExact: ban.isExact }, now)
      : counted
  }

  #tell(wait: Wait | null) {
    const isSame =
      wait && this.#told
        ? Math.abs(wait.until.getTime() - this.#told.until.getTime()) < worthTellingMs
        : wait === this.#told
    if (isSame) return
    this.#told = wait
    for (const listener of this.#listeners) listener(wait)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#wake = () => {}
        resolve()
      }
      const timer = setTimeout(done, ms)
      this.#wake = done
    })
  }
}

function later(before: { until: number; isExact: boolean } | null, ban: { until: number; isExact: boolean }) {
  return before && before.until > ban.until ? before : ban
}
