import { record } from '../audit/audit.store.ts'
import { putOffIfResting } from '../bridge/patience.ts'
import { isRefusal } from '../bridge/performing.ts'
import { whyNotWriting } from '../bridge/writing.actions.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { adjustStock } from '../inventory/adjusting.jobs.ts'
import { GivenUp, Snooze, giveUp, snooze, type Job } from '../jobs/handler.ts'
import { settingsOf } from '../jobs/kinds.ts'
import { listLiveKeys } from '../jobs/live-keys.store.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { nudge } from '../mirror/nudging.actions.ts'
import { createProduct, deleteProduct, updateProduct } from '../products/writing.jobs.ts'
import { createSupplier, updateSupplier } from '../suppliers/writing.jobs.ts'
import type { Deed, Done } from './deed.ts'
import { beginWrite, failWrite, findWrite, finishWrite, listBefore, type Write } from './writes.store.ts'
import type { WriteKind } from './writes.rules.ts'

const deeds: { [Kind in WriteKind]: Deed } = {
  'product.create': createProduct,
  'product.update': updateProduct,
  'product.delete': deleteProduct,
  'inventory.adjust': adjustStock,
  'supplier.create': createSupplier,
  'supplier.update': updateSupplier,
}

const touched: { [Kind in WriteKind]: string[] } = {
  'product.create': ['products', 'inventory'],
  'product.update': ['products'],
  'product.delete': ['products', 'inventory'],
  'inventory.adjust': ['inventory'],
  'supplier.create': ['suppliers'],
  'supplier.update': ['suppliers'],
}

const laterMs = 15_000
const notItsTurnMs = 1_000

/** Does one wish in Lightspeed, and reads it back. Put off while nothing is to be written, or another is before it. */
export async function writeToLightspeed(job: Job<'lightspeed.write'>) {
  const { house, args, context, signal, correlationId } = job
  if (await whyNotWriting(house)) snooze(new Date(Date.now() + laterMs))
  const write = await inTransaction(context.database, ({ db }) => takeTurn(db, args.writeId))
  if (!write) return waitOrLeave(job)
  const client = house.lightspeed.client.causedBy(correlationId, { isWatched: true })
  try {
    await finish(job, write, await deeds[write.kind]({ context, client, signal, write }))
  } catch (error) {
    await judge(job, error)
  }
}

/** Undefined where it is not its turn, or it is done. What nobody will do any more is not waited for. */
async function takeTurn(tx: Db, id: string): Promise<Write | undefined> {
  const before = await listLiveKeys(tx, 'lightspeed.write', await listBefore(tx, id))
  return before.length > 0 ? undefined : beginWrite(tx, id)
}

async function waitOrLeave({ context, args }: Job<'lightspeed.write'>) {
  const write = await findWrite(context.database.db, args.writeId)
  if (write && write.state !== 'done') snooze(new Date(Date.now() + notItsTurnMs))
}

async function finish({ context }: Job<'lightspeed.write'>, write: Write, done: Done) {
  const { actor, correlationId, database } = context
  await inTransaction(database, async ({ db: tx }) => {
    await finishWrite(tx, write.id, done)
    const about = { entity: 'lightspeed_write', entityId: write.id, actor: actor.id, correlationId }
    await record(tx, { ...about, action: `${write.kind}_done`, before: write.wish, after: done })
    await nudge(tx, touched[write.kind], correlationId)
  })
}

async function judge(job: Job<'lightspeed.write'>, error: unknown): Promise<never> {
  if (error instanceof Snooze || job.signal.aborted) throw error
  putOffIfResting(error)
  const isRefused = error instanceof LightspeedError && isRefusal(error)
  const isLast = error instanceof GivenUp || job.attempt >= settingsOf('lightspeed.write').attempts
  if (isRefused || isLast) await saveFailed(job, error)
  if (isRefused) giveUp(error.message)
  throw error
}

/** Whoever asked sees that it lies among the dead letters, and why. */
async function saveFailed({ context, args }: Job<'lightspeed.write'>, error: unknown) {
  const { actor, correlationId, database } = context
  const reason = error instanceof Error ? error.message : String(error)
  await inTransaction(database, async ({ db: tx }) => {
    await failWrite(tx, args.writeId, reason)
    const about = { entity: 'lightspeed_write', entityId: args.writeId, actor: actor.id, correlationId }
    await record(tx, {
      ...about,
      action: 'lightspeed_write.failed',
      before: { state: 'waiting' },
      after: { state: 'failed' },
      reason,
    })
  })
}
