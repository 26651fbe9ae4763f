import type { Db } from '../db/database.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Failing } from './failures.rules.ts'
import type { JobArgs, JobKind } from './kinds.ts'
import type { KindStats } from './stats.store.ts'

/**
 * What Consign asks of a queue, and all that it asks: workers, crews and settling know this and nothing below it.
 * `boss-queue.ts` answers it with pg-boss. Another queue has to keep every promise of test/jobs/conforming.ts.
 */
export type Queue = AsyncDisposable & {
  /** Puts a job into the caller's transaction: it is there when that commits, and never was when that rolls back. */
  enqueue: <Kind extends JobKind>(tx: Db, kind: Kind, args: JobArgs[Kind], how?: How) => Promise<void>
  /** Many of one kind at once. Returns how many were added: those whose key waits already are not. */
  enqueueMany: <Kind extends JobKind>(
    tx: Db,
    kind: Kind,
    jobs: readonly ({ args: JobArgs[Kind] } & How)[],
  ) => Promise<number>
  /** Kinds that have something due, the most pressing first. */
  dueKinds: (kinds: readonly JobKind[]) => Promise<JobKind[]>
  /** Takes jobs of a kind that are due, at most so many, the most pressing first, of each order only the earliest. */
  work: (kind: JobKind, most: number) => Promise<Claimed[]>
  /** A sign of life for claims. Returns which are still theirs; the others belong to another try by now. */
  touch: (kind: JobKind, claims: readonly Claim[]) => Promise<ReadonlySet<string>>
  /** They are done. Within a transaction, if that commits. Returns which still were these tries. */
  complete: (kind: JobKind, claims: readonly Claim[], tx?: Transaction) => Promise<ReadonlySet<string>>
  /** The try failed, and another comes after a while. Returns whether it still was this try. */
  fail: (claim: Claim, failure: Failing, delayMs: number) => Promise<boolean>
  /** Back to wait, as if the try had not been. Returns whether it still was this try. */
  putOff: (claim: Claim, delayMs: number) => Promise<boolean>
  /** It failed for good, and waits for a person with all it carried. */
  deadLetter: (claim: Claim, failure: Failing) => Promise<void>
  /** Dead letters back into the queue, with what they carry now, each in its old place in its order. Returns how many. */
  redrive: (tx: Transaction, ids: readonly string[]) => Promise<number>
  /** Numbers of each kind; rates, waits and runs are of the last so many minutes. */
  stats: (kinds: readonly JobKind[], minutes: number) => Promise<KindStats[]>
}

export type How = {
  /** Of one key only one job of a kind waits: asking again while it waits adds none. A running one does not count. */
  key?: string | undefined
  /**
   * Jobs of one order, of whatever kind, are done one after the other as they were enqueued. Whatever the first waits for
   * (its time, its next try, a person who mends it among the dead letters), the others wait behind it.
   */
  order?: string | undefined
  /** Higher goes first; 0 is usual. Within an order it changes nothing. */
  priority?: number | undefined
  /** Not before this time. */
  startAfter?: Date | undefined
  /** Of what causes it. Without one, the job is its own cause. */
  correlationId?: string | undefined
}

/** One try of one job: once the job was claimed again, `retryCount` has moved on and nothing said of this try counts. */
export type Claim = { kind: JobKind; id: string; retryCount: number }

/** A claimed job as it came from the queue. */
export type Claimed<Kind extends JobKind = JobKind> = Claim & {
  kind: Kind
  data: unknown
  retryLimit: number
  order: string | null
  /** What earlier tries left (failures.rules.ts). */
  output: unknown
}
