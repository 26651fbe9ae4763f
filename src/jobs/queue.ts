import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { fromKysely, PgBoss } from 'pg-boss'
import type { Db } from '../db/database.ts'
import { planned } from '../db/planned.ts'
import { schema } from './boss.ts'
import type { JobArgs, JobKind } from './kinds.ts'
import type { Parcel } from './parcel.ts'
import { takePlaces } from './places.store.ts'
import type { How } from './port.ts'

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
  const groups = await groupsOf(tx, jobs)
  const rows = jobs.map(({ args, key, priority, startAfter, correlationId }, at) => ({
    data: { args, correlationId } satisfies Parcel<JobArgs[Kind]>,
    singletonKey: key ?? randomUUID(),
    ...groups[at],
    ...(priority === undefined ? {} : { priority }),
    ...(startAfter === undefined ? {} : { startAfter: startAfter.toISOString() }),
  }))
  const added = await asking.run(tx, () => sender.insert(kind, rows, { returnId: true }))
  return added?.length ?? 0
}

/** A job of an order carries it, and its place in it, where pg-boss keeps groups: both outlive retries and dead letters. */
async function groupsOf(
  tx: Db,
  jobs: readonly How[],
): Promise<({ group: { id: string; tier: string } } | undefined)[]> {
  const orders = jobs.flatMap(({ order }) => order ?? [])
  if (orders.length === 0) return []
  const places = (await takePlaces(tx, orders)).values()
  return jobs.map(({ order }) => {
    if (order === undefined) return undefined
    return { group: { id: order, tier: places.next().value ?? '' } }
  })
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
      return fromKysely(tx).executeSql(planned + text, values)
    },
  },
})
