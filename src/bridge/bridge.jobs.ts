import { note } from '../consignments/locked.actions.ts'
import { inTransaction } from '../db/transaction.ts'
import { GivenUp, Snooze, giveUp, snooze, type Job } from '../jobs/handler.ts'
import { settingsOf } from '../jobs/kinds.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { saveLink, saveRunning } from './links.store.ts'
import { isRefusal } from './performing.ts'
import { putOffIfResting } from './patience.ts'
import { push } from './pushing.actions.ts'
import { whyNotWriting } from './writing.actions.ts'

const laterMs = 10_000

/**
 * Brings one document about in Lightspeed. Put off while nothing is to be written, while Lightspeed is left alone, and
 * after too many requests; what Lightspeed refuses is a dead letter at once, and the document says so.
 */
export async function pushToLightspeed(job: Job<'lightspeed.push'>) {
  const { house, args, context, signal, correlationId } = job
  if (await whyNotWriting(house)) snooze(new Date(Date.now() + laterMs))
  const client = house.lightspeed.client.causedBy(correlationId, { isWatched: true })
  try {
    await saveRunning(context.database.db, args.consignmentId)
    await push({ context, client, signal }, args.consignmentId, { mayWrite: true })
  } catch (error) {
    await judge(job, error)
  }
}

async function judge(job: Job<'lightspeed.push'>, error: unknown): Promise<never> {
  if (error instanceof Snooze || job.signal.aborted) throw error
  putOffIfResting(error)
  const isRefused = error instanceof LightspeedError && isRefusal(error)
  const isLast = error instanceof GivenUp || job.attempt >= settingsOf('lightspeed.push').attempts
  if (isRefused || isLast) await saveFailed(job, error)
  if (isRefused) giveUp(error.message)
  throw error
}

/** The document shows that its push lies among the dead letters. */
async function saveFailed({ context, args }: Job<'lightspeed.push'>, error: unknown) {
  const reason = error instanceof Error ? error.message : String(error)
  await inTransaction(context.database, async ({ db: tx }) => {
    await saveLink(tx, args.consignmentId, 'failed')
    const said = { action: 'consignment.push_failed', before: null, after: { link: 'failed' }, reason }
    await note(tx, context, args.consignmentId, said)
  })
}
