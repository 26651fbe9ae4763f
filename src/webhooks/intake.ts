import type { Database } from '../db/database.ts'
import { isPoison } from '../db/faults.ts'
import { inTransaction } from '../db/transaction.ts'
import { enqueueMany } from '../jobs/queue.ts'
import { insertEvents, type Arrival, type Kept } from './intake.store.ts'

export type Intake = {
  /** Stores a webhook, with the job that it causes, in one transaction; answers once both are safe. */
  accept(arrival: Arrival): Promise<Kept>
}

type Waiting = { arrival: Arrival; resolve: (kept: Kept) => void; reject: (error: unknown) => void }

const mostTogether = 200
const commitsAtOnce = 2

/**
 * Group commit: what comes while a transaction is under way goes together into the next one, so that a storm costs a
 * few commits instead of thousands, and a single letter waits for nobody.
 */
export function openIntake(database: Database): Intake {
  const waiting: Waiting[] = []
  let active = 0
  let isDue = false

  const work = async () => {
    isDue = false
    if (active >= commitsAtOnce) return
    active++
    while (waiting.length > 0) await settle(database, waiting.splice(0, mostTogether))
    active--
  }

  const due = () => {
    if (isDue || active >= commitsAtOnce) return
    isDue = true
    setImmediate(() => void work())
  }

  return {
    accept: (arrival) =>
      new Promise((resolve, reject) => {
        waiting.push({ arrival, resolve, reject })
        due()
      }),
  }
}

/** Where PostgreSQL refuses a value, the letters go in one by one, so that one of them spoils it for no other. */
async function settle(database: Database, batch: Waiting[]): Promise<void> {
  try {
    const kept = await store(
      database,
      batch.map(({ arrival }) => arrival),
    )
    for (const [at, { resolve, reject }] of batch.entries()) {
      const one = kept[at]
      if (one) resolve(one)
      else reject(new Error('A webhook was stored, but not found again'))
    }
  } catch (error) {
    if (isPoison(error) && batch.length > 1) for (const one of batch) await settle(database, [one])
    else for (const { reject } of batch) reject(error)
  }
}

/** A job for each that is new and means something, in the transaction that keeps them: there are both, or neither. */
function store(database: Database, arrivals: readonly Arrival[]): Promise<Kept[]> {
  return inTransaction(database, async ({ db }) => {
    const kept = await insertEvents(db, arrivals)
    const work = arrivals.flatMap(({ isKnown, correlationId }, at) => {
      const one = kept[at]
      return one?.isNew && isKnown ? [{ args: { eventId: String(one.id) }, key: jobKeyOf(one.id), correlationId }] : []
    })
    await enqueueMany(db, 'webhooks.process', work)
    return kept
  })
}

/** While a job for an event waits, no second one is put beside it. */
export function jobKeyOf(eventId: number): string {
  return `event ${eventId}`
}
