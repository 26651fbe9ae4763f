import { findConsignment } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction, type Transaction } from '../db/transaction.ts'
import type { Job } from '../jobs/handler.ts'
import { standingOfOrders } from '../jobs/orders.store.ts'
import { enqueueMany } from '../jobs/queue.ts'
import { saveLink } from './links.store.ts'
import { askForPush } from './asking.actions.ts'
import { putOffIfResting } from './patience.ts'
import { push } from './pushing.actions.ts'
import { listPushed, listStirred, markObservationsApplied, saveWatched } from './watching.store.ts'

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
  await mendLinks(tx, context)
}

/**
 * Of some documents it is said that a push waits or runs, though it lies among the dead letters: its last try was killed.
 * Of others that it has failed, though somebody has put it back.
 */
async function mendLinks(tx: Db, context: Context) {
  const pushed = new Map((await listPushed(tx)).map(({ id, link }) => [id, link]))
  for (const { order, isDead, isWaiting } of await standingOfOrders(tx, [...pushed.keys()])) {
    const before = pushed.get(order)
    const link = isDead || !isWaiting ? 'failed' : 'queued'
    if (link === before) continue
    await saveLink(tx, order, link)
    const action = link === 'failed' ? 'consignment.push_failed' : 'consignment.push_asked'
    await note(tx, context, order, {
      action,
      before: { link: before },
      after: { link },
      reason: 'So it stands in the queue',
    })
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
