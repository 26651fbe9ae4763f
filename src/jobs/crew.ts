import type { Log } from '../ops/log.ts'
import type { JobKind } from './kinds.ts'
import type { Claimed } from './port.ts'
import { runJob, type Bench, type Outcome } from './running.ts'
import type { Settler } from './settling.ts'

type AtWork = { claim: Claimed; lost: AbortController }

export type CrewParts = {
  bench: Bench
  settler: Settler
  slots: number
  log: Log
  /** A slot has become free, or the next of an order. */
  onFree?: () => void
  onEnd?: (ending: Outcome['kind']) => void
}

/** The jobs that this process has claimed, done in a number of slots: one bundle a slot, one job of it after the other. */
export class Crew {
  readonly #parts: CrewParts
  readonly #atWork = new Map<string, AtWork>()
  readonly #bundles = new Set<Promise<void>>()
  readonly #settling = new Set<Promise<void>>()
  #isClosing = false

  constructor(parts: CrewParts) {
    this.#parts = parts
  }

  /** Slots without a bundle; none while the database is slow to take in how jobs ended. */
  get free(): number {
    if (this.#settling.size >= this.#parts.slots * mostSettlingASlot) return 0
    return this.#parts.slots - this.#bundles.size
  }

  get running(): number {
    return this.#atWork.size
  }

  /** Of those at work, how many are of such kinds. */
  runningOf(isSuch: (kind: JobKind) => boolean): number {
    return [...this.#atWork.values()].filter(({ claim }) => isSuch(claim.kind)).length
  }

  /** Begins with claimed jobs of one kind, shared out among the free slots. */
  begin(claims: readonly Claimed[]) {
    const size = Math.ceil(claims.length / Math.max(1, this.free))
    for (let from = 0; from < claims.length; from += size) this.#beginBundle(claims.slice(from, from + size))
  }

  /** Keeps the claims alive; a job that another worker has by now is told so. */
  async touch() {
    const byKind = Map.groupBy(this.#atWork.values(), ({ claim }) => claim.kind)
    for (const [kind, mine] of byKind) {
      const claims = mine.map(({ claim }) => claim)
      const reached = await this.#parts.bench.queue.touch(kind, claims)
      for (const { claim, lost } of mine)
        if (!reached.has(claim.id)) lost.abort(new Error('Another worker has this job now'))
    }
  }

  /** When all that was begun until now has ended, and it is noted how. */
  async finished() {
    await Promise.all(this.#bundles)
    await Promise.all(this.#settling)
  }

  /** Lets running jobs finish; what has not by then is given back, and told to stop. */
  async close(graceMs: number) {
    this.#isClosing = true
    await within(this.finished(), graceMs)
    const unfinished = [...this.#atWork.values()]
    for (const { claim } of unfinished) await this.#giveBack(claim)
    for (const { lost } of unfinished) lost.abort(new Error('Consign is stopping'))
    await within(this.finished(), windUpMs)
  }

  async #giveBack(claim: Claimed) {
    const onError = (error: unknown) => this.#parts.log.error({ error, job: claim.id }, 'A job could not be given back')
    await this.#parts.settler.giveBack(claim).catch(onError)
  }

  #beginBundle(claims: readonly Claimed[]) {
    const works = claims.map((claim) => ({ claim, lost: new AbortController() }))
    for (const work of works) this.#atWork.set(work.claim.id, work)
    const bundle = this.#doBundle(works).finally(() => {
      this.#bundles.delete(bundle)
      this.#parts.onFree?.()
    })
    this.#bundles.add(bundle)
  }

  /** A slot is free as soon as its jobs have ended: how they ended is noted while the next are fetched. */
  async #doBundle(works: readonly AtWork[]) {
    for (const work of works) {
      if (work.lost.signal.aborted) this.#atWork.delete(work.claim.id)
      else this.#settle(work, await this.#outcomeOf(work))
    }
  }

  async #outcomeOf({ claim, lost }: AtWork): Promise<Outcome> {
    if (this.#isClosing) return { kind: 'snoozed', until: new Date() }
    const outcome = await runJob(this.#parts.bench, claim, lost)
    if (outcome.kind === 'failed') {
      const { error, isFinal } = outcome
      this.#parts.log.warn({ error, job: claim.id, kind: claim.kind, isFinal }, 'A job failed')
    }
    return outcome
  }

  #settle(work: AtWork, outcome: Outcome) {
    const settling = this.#note(work, outcome).finally(() => {
      const wasFree = this.free > 0
      this.#settling.delete(settling)
      if (!wasFree || work.claim.order !== null) this.#parts.onFree?.()
    })
    this.#settling.add(settling)
  }

  async #note({ claim }: AtWork, outcome: Outcome) {
    try {
      await this.#parts.settler.settle(claim, outcome)
    } catch (error) {
      this.#parts.log.error({ error, job: claim.id }, 'How a job ended could not be noted: it will run again')
    } finally {
      this.#count(claim, outcome.kind)
      this.#parts.onEnd?.(outcome.kind)
      this.#atWork.delete(claim.id)
    }
  }

  #count({ kind }: Claimed, ending: Outcome['kind']) {
    if (ending === 'snoozed') return
    this.#parts.bench.house.tally.add(ending === 'failed' ? 'jobs_failed_total' : 'jobs_processed_total', kind)
  }
}

const windUpMs = 2_000

const mostSettlingASlot = 100

async function within(work: Promise<unknown>, ms: number) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((done) => (timer = setTimeout(done, ms)))
  await Promise.race([work, late])
  clearTimeout(timer)
}
