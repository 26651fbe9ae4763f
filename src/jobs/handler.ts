import type { Context } from '../context.ts'
import type { Transaction } from '../db/transaction.ts'
import type { House } from '../house.ts'
import type { JobArgs, JobKind } from './kinds.ts'

/** A job at work, as its handler sees it. */
export type Job<Kind extends JobKind = JobKind> = {
  id: string
  kind: Kind
  args: JobArgs[Kind]
  /** 1 for the first try. */
  attempt: number
  correlationId: string
  /** Aborted when the job takes too long, when another worker has it now, and when Consign stops. */
  signal: AbortSignal
  /** For acts: the job's own actor, with all rights. */
  context: Context
  house: House
}

/**
 * What does the jobs of a kind. `inTransaction`: what it writes is committed together with the job's completion, so it
 * takes effect once even where two workers believe to have it; for work that only touches the database. `outside`: may
 * run more than once (a worker that dies after the effect), so its effect must bear that.
 */
export type Handler<Kind extends JobKind> =
  | { inTransaction: (tx: Transaction, job: Job<Kind>) => Promise<void> }
  | { outside: (job: Job<Kind>) => Promise<void> }

/** Not now, again at a time; it costs no attempt. For rate limits and things that are not ready. */
export class Snooze extends Error {
  override readonly name = 'Snooze'
  readonly until: Date

  constructor(until: Date) {
    super(`Put off until ${until.toISOString()}`)
    this.until = until
  }
}

/** Trying again cannot help: straight to the dead letters. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp'
}

export function snooze(until: Date): never {
  throw new Snooze(until)
}

export function giveUp(reason: string): never {
  throw new GivenUp(reason)
}
