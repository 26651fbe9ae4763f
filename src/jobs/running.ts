import type { Actor, Context } from '../context.ts'
import { inTransaction, type Transaction } from '../db/transaction.ts'
import type { House } from '../house.ts'
import { GivenUp, Snooze, type Handler, type Job } from './handler.ts'
import { kinds, settingsOf, type JobKind } from './kinds.ts'
import { parcelIn, wordsOf } from './parcel.ts'
import type { Claimed, Queue } from './port.ts'

/** How a try ended. `settled`: its completion is committed already, or it is another worker's by now. */
export type Outcome =
  | { kind: 'done' }
  | { kind: 'settled' }
  | { kind: 'snoozed'; until: Date }
  | { kind: 'failed'; error: unknown; isFinal: boolean }

export type Bench = {
  house: House
  queue: Queue
  handlers: { [Kind in JobKind]: Handler<Kind> }
  /** No try may take longer, whatever its kind says. */
  longestSeconds?: number
}

/** One try of one job, never throwing: what its handler throws is an outcome. A try that takes too long is told to stop. */
export async function runJob(bench: Bench, claimed: Claimed, stop: AbortController): Promise<Outcome> {
  try {
    return await tryOnce(bench, claimed.kind, claimed, stop)
  } catch (error) {
    if (error instanceof Snooze) return { kind: 'snoozed', until: error.until }
    if (error instanceof ClaimLost) return { kind: 'settled' }
    const isFinal = error instanceof GivenUp || claimed.retryCount >= claimed.retryLimit
    return { kind: 'failed', error, isFinal }
  }
}

async function tryOnce<Kind extends JobKind>(
  bench: Bench,
  kind: Kind,
  claimed: Claimed<Kind>,
  stop: AbortController,
): Promise<Outcome> {
  const handler: Handler<Kind> = bench.handlers[kind]
  const timeoutSeconds = Math.min(settingsOf(kind).timeoutSeconds, bench.longestSeconds ?? Infinity)
  const job = jobOf(bench.house, kind, claimed, stop.signal)
  const deadline = deadlineAfter(timeoutSeconds, stop)
  try {
    if ('outside' in handler) {
      await Promise.race([handler.outside(job), deadline.passed])
      return { kind: 'done' }
    }
    await Promise.race([commitWith(bench, handler.inTransaction, job, claimed), deadline.passed])
    return { kind: 'settled' }
  } finally {
    deadline.clear()
  }
}

function deadlineAfter(seconds: number, stop: AbortController) {
  const { promise: passed, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const error = new Error(`It took longer than ${seconds} s`)
    reject(error)
    stop.abort(error)
  }, seconds * 1000)
  timer.unref()
  return { passed, clear: () => clearTimeout(timer) }
}

/** Work and completion in one transaction: a try that is not the job's present one any more leaves nothing behind. */
async function commitWith<Kind extends JobKind>(
  { house, queue }: Bench,
  work: (tx: Transaction, job: Job<Kind>) => Promise<void>,
  job: Job<Kind>,
  claimed: Claimed,
) {
  await inTransaction(house.database, async (tx) => {
    await work(tx, job)
    const reached = await queue.complete(claimed.kind, [claimed], tx)
    if (!reached.has(claimed.id)) throw new ClaimLost()
  })
}

class ClaimLost extends Error {
  override readonly name = 'ClaimLost'
}

function jobOf<Kind extends JobKind>(house: House, kind: Kind, claimed: Claimed, signal: AbortSignal): Job<Kind> {
  const { id, data } = claimed
  const carried = parcelIn(data)
  const args = kinds[kind].args.safeParse(carried.args)
  if (!args.success) throw new GivenUp(`Its arguments are not valid: ${wordsOf(args.error)}`)
  const correlationId = carried.correlationId ?? `job:${id}`
  const actor: Actor = { id: `job:${kind}`, name: `The job ${kind}`, scopes: ['*'] }
  const { database, log, wakeRunner } = house
  const context: Context = {
    database,
    actor,
    correlationId,
    get log() {
      return log.child({ job: id, kind, correlationId })
    },
    wakeRunner,
  }
  return { id, kind, args: args.data, attempt: attemptOf(kind, claimed), correlationId, signal, context, house }
}

/** Tries that were given back have raised both the count and the limit. */
function attemptOf(kind: JobKind, { retryCount, retryLimit }: Claimed): number {
  return Math.max(1, settingsOf(kind).attempts - (retryLimit - retryCount))
}
