import type { Db } from '../db/database.ts'
import { deleteEndedWindows, takeBlock } from './limiter.store.ts'

/** Counts requests of a key; 0 when one more may be made, else the seconds until then. */
export type Limiter = { spend(key: string, most: number): Promise<number> }

type Pocket = { left: number; endsAt: number; isSpent: boolean }

const minuteMs = 60_000
/** A tenth of the limit at once: ten statements for a whole minute of requests, and none for those that are refused. */
const blocksAWindow = 10

/**
 * One count for all processes on the database, asked a block at a time. A block that a process has taken and does not use
 * is lost for the others until the window ends: together they let through up to a tenth fewer for each further process,
 * never more.
 */
export function openLimiter(db: Db, { windowMs = minuteMs, now = () => performance.now() } = {}): Limiter {
  const pockets = new Map<string, Pocket>()
  const refilling = new Map<string, Promise<void>>()
  let sweptAt = now()
  const refill = async (key: string, most: number) => {
    const block = Math.ceil(most / blocksAWindow)
    const { granted, endsInMs } = await takeBlock(db, { key, block, most, windowMs })
    pockets.set(key, { left: granted, endsAt: now() + endsInMs, isSpent: granted === 0 })
    if (now() - sweptAt > windowMs) await sweep()
  }
  const sweep = async () => {
    sweptAt = now()
    for (const [key, { endsAt }] of pockets) if (endsAt <= sweptAt) pockets.delete(key)
    await deleteEndedWindows(db)
  }
  const refillOnce = (key: string, most: number) => {
    const begun = refilling.get(key) ?? refill(key, most).finally(() => refilling.delete(key))
    refilling.set(key, begun)
    return begun
  }
  const spend = async (key: string, most: number) => {
    for (;;) {
      const pocket = pockets.get(key)
      if (pocket && pocket.endsAt > now()) {
        if (pocket.left-- > 0) return 0
        if (pocket.isSpent) return Math.max(1, Math.ceil((pocket.endsAt - now()) / 1000))
      }
      await refillOnce(key, most)
    }
  }
  return { spend }
}
