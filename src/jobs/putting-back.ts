import type { Db } from '../db/database.ts'
import { bossOn, deadLetterQueue } from './boss.ts'
import { freeKeys } from './dead-letters.store.ts'
import { lockDeadOf } from './orders.store.ts'

/** Puts the dead letters of an order back into the queue, in the caller's transaction. Answers how many those were. */
export async function putBackOrder(tx: Db, order: string): Promise<number> {
  const ids = await lockDeadOf(tx, order)
  if (ids.length === 0) return 0
  await freeKeys(tx, ids)
  return bossOn(tx).redrive(deadLetterQueue, { ids, limit: ids.length })
}
