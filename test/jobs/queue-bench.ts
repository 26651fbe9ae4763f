import assert from 'node:assert/strict'
import type { Database } from '#src/db/database.ts'
import { inTransaction, type Transaction } from '#src/db/transaction.ts'
import type { Claimed, How, Queue } from '#src/jobs/port.ts'
import { openWorld } from '#test/world.ts'

/** A queue on an empty database, and what a story has to see of it that the port does not tell. */
export type OpenedQueue = {
  queue: Queue
  deadLetters: () => Promise<{ id: string; data: unknown; output: unknown }[]>
  /** An hour without a sign of life, but for those that `meanwhile` gives; then the silent are looked for. */
  silence: (meanwhile?: () => Promise<void>) => Promise<void>
}

export type OpenQueue = (database: Database) => Promise<OpenedQueue>

/** A queue to try promises on. Its jobs are of the kind `mirror.sync`, with one word. */
export async function openBench(open: OpenQueue) {
  const world = await openWorld()
  const { queue, deadLetters, silence } = await open(world.database)
  const change = <T>(work: (tx: Transaction) => Promise<T>) => inTransaction(world.database, work)
  const take = (most: number) => queue.work('mirror.sync', most)
  return {
    queue,
    deadLetters,
    silence,
    change,
    take,
    takeOne: async (): Promise<Claimed> => {
      const [claim] = await take(1)
      assert.ok(claim, 'there is a job to take')
      return claim
    },
    /** Whether it was added. */
    order: async (name: string, how: How = {}) =>
      (await change(({ db }) => queue.enqueueMany(db, 'mirror.sync', [{ args: { entities: [name] }, ...how }]))) === 1,
    async [Symbol.asyncDispose]() {
      await queue[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
    },
  }
}

export type Bench = Awaited<ReturnType<typeof openBench>>

/** The word of a job. */
export function word({ data }: Claimed): string {
  return /"entities":\["([^"]*)"\]/.exec(JSON.stringify(data))?.[1] ?? assert.fail('the job carries no word')
}
