import { findConsignment } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import { inTransaction, type Transaction } from '../db/transaction.ts'
import { deadLetterQueue } from '../jobs/boss.ts'
import type { Job } from '../jobs/handler.ts'
import { enqueueMany } from '../jobs/queue.ts'
import { askForPush } from './asking.actions.ts'
import { putOffIfResting } from './patience.ts'
import { push } from './pushing.actions.ts'
import { listStirred, markObservationsApplied, mendLinks, saveWatched } from './watching.store.ts'

const mostAtOnce = 200

/** Finds the documents that Lightspeed, by mirror or webhook, has something new of; and says of pushes what is so. */
export async function watchLightspeed({ db: tx }: Transaction, { context, correlationId }: Job<'lightspeed.watch'>) {
  const stirred = await listStirred(tx, mostAtOnce)
  const looks = stirred.map(({ consignmentId, version }) => {
    const args = { consignmentId, version }
    return { args, key: consignmentId, correlationId }
  })
  await enqueueMany(tx, 'lightspeed.observe', looks)
  await markObservationsApplied(
    tx,
    stirred.map(({ remoteId }) => remoteId),
  )
  for (const { id, link } of await mendLinks(tx, deadLetterQueue)) {
    const action = link === 'failed' ? 'consignment.push_failed' : 'consignment.push_asked'
    await note(tx, context, id, { action, before: null, after: { link }, reason: 'So it stands in the queue' })
  }
}

/**
 * Reads one document in Lightspeed and takes over what somebody did there; nothing is written to Lightspeed. Where that
 * leaves something to be written, a push is asked for.
 */
export async function observeLightspeed(job: Job<'lightspeed.observe'>) {
  const { house, args, context, signal, correlationId } = job
  const { consignmentId, version } = args
  const { db } = context.database
  const before = await findConsignment(db, { id: consignmentId })
  const client = house.lightspeed.client.causedBy(correlationId, { isWatched: false })
  try {
    const outcome = await push({ context, client, signal }, consignmentId, { mayWrite: false })
    const after = await findConsignment(db, { id: consignmentId })
    if (after && outcome === 'to_write' && after.version !== before?.version)
      await inTransaction(context.database, ({ db: tx }) => askForPush(tx, context, after))
    await saveWatched(db, consignmentId, version)
  } catch (error) {
    putOffIfResting(error)
    throw error
  }
}
