import type { Database } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { bossDb, bossIn, deadLetterQueue, openBoss, reachedBy, type BossOptions } from './boss.ts'
import { claimDue, listDueKinds, putBack, spendAttempts } from './claims.store.ts'
import { freeKeys } from './dead-letters.store.ts'
import { isKind } from './kinds.ts'
import type { Queue } from './port.ts'
import { enqueue, enqueueMany } from './queue.ts'
import { readKindStats } from './stats.store.ts'

/** Dead letters with these ids, back into the queue of their kind, in the caller's transaction. Returns how many. */
export const redrive: Queue['redrive'] = async (tx, ids) => {
  if (ids.length === 0) return 0
  await freeKeys(tx.db, ids)
  return bossIn(tx.client).redrive(deadLetterQueue, { ids: [...ids], limit: ids.length })
}

/** The queue on pg-boss. `boss` is there for the clock, which is pg-boss's too (timekeeping.ts). */
export async function openQueue(database: Database, options: BossOptions) {
  const { boss, ...opened } = await openBoss(database, options)
  const { db } = database
  const queue: Queue = {
    enqueue,
    enqueueMany,
    dueKinds: async (kinds) => (await listDueKinds(db, kinds)).filter(isKind),
    work: (kind, most) => claimDue(db, kind, most),
    touch: async (kind, claims) => new Set(reachedBy(await boss.touch(kind, [...claims]))),
    complete: async (kind, claims, tx) =>
      new Set(reachedBy(await boss.complete(kind, [...claims], null, tx ? { db: bossDb(tx.client) } : {}))),
    fail: (claim, failure, delayMs) => putBack(db, claim, { delayMs, failure }),
    putOff: (claim, delayMs) => putBack(db, claim, { delayMs }),
    deadLetter: (claim, failure) =>
      inTransaction(database, async (tx) => {
        await spendAttempts(tx.db, claim)
        await boss.fail(claim.kind, claim, failure, { db: bossDb(tx.client) })
      }),
    redrive,
    stats: (kinds, minutes) => readKindStats(db, kinds, minutes),
    ...opened,
  }
  return { queue, boss, [Symbol.asyncDispose]: queue[Symbol.asyncDispose] }
}
