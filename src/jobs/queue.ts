import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { fromKysely, PgBoss } from 'pg-boss'
import type { Db } from '../db/database.ts'
import { schema } from './boss.ts'
import type { JobArgs, JobKind } from './kinds.ts'
import type { Parcel } from './parcel.ts'

export type How = {
  /** Of one key only one job of a kind waits: asking again while it waits adds none. A running one does not count. */
  key?: string | undefined
  /** Higher goes first; 0 is usual. */
  priority?: number | undefined
  /** Not before this time. */
  startAfter?: Date | undefined
  /** Of what causes it. Without one, the job is its own cause. */
  correlationId?: string | undefined
}

/** Puts a job into the caller's transaction: it is there when that commits, and never was when that rolls back. */
export async function enqueue<Kind extends JobKind>(tx: Db, kind: Kind, args: JobArgs[Kind], how: How = {}) {
  await enqueueMany(tx, kind, [{ args, ...how }])
}

/** Many jobs of one kind in one statement. Returns how many were added: those whose key waits already are not. */
export async function enqueueMany<Kind extends JobKind>(
  tx: Db,
  kind: Kind,
  jobs: readonly ({ args: JobArgs[Kind] } & How)[],
): Promise<number> {
  if (jobs.length === 0) return 0
  const rows = jobs.map(({ args, key, priority, startAfter, correlationId }) => ({
    data: { args, correlationId } satisfies Parcel<JobArgs[Kind]>,
    singletonKey: key ?? randomUUID(),
    ...(priority === undefined ? {} : { priority }),
    ...(startAfter === undefined ? {} : { startAfter: startAfter.toISOString() }),
  }))
  const added = await asking.run(tx, () => sender.insert(kind, rows, { returnId: true }))
  return added?.length ?? 0
}

/** One sender for all: never started, it only words the statements, and whoever asks has them run in its transaction. */
const asking = new AsyncLocalStorage<Db>()
const sender = new PgBoss({
  schema,
  supervise: false,
  schedule: false,
  db: {
    executeSql: async (text, values) => {
      const tx = asking.getStore()
      if (!tx) throw new Error('A job can only be put into the transaction of a caller')
      return fromKysely(tx).executeSql(text, values)
    },
  },
})
