import type { Context } from '../context.ts'
import type { Head } from '../consignments/consignments.store.ts'
import type { Db } from '../db/database.ts'
import { putBackOrder } from '../jobs/putting-back.ts'
import { enqueue } from '../jobs/queue.ts'
import { isPostingOpen } from '../stocktakes/posting.store.ts'
import { findLeg } from './legs.store.ts'
import { saveQueued } from './links.store.ts'

/**
 * Asks, in the transaction of a change, that Lightspeed be told. A push brings about what the document is when it runs, so
 * one that waits is enough; a running one may have read the document before the change, and another follows it. Of a count
 * there is nothing to tell before somebody has accepted what posting it will do. One among the dead letters is put back: it
 * brings about the same as a new one, which would wait behind it.
 */
export async function askForPush(tx: Db, { correlationId }: Pick<Context, 'correlationId'>, head: Head) {
  if (head.type === 'STOCKTAKE' && !(await isPostingOpen(tx, head.id))) return
  const isUnknownThere = head.status === 'DRAFT' || head.status === 'CANCELLED'
  if (isUnknownThere && !(await findLeg(tx, head.id))) return
  await saveQueued(tx, head.id)
  if ((await putBackOrder(tx, head.id)) > 0) return
  await enqueue(tx, 'lightspeed.push', { consignmentId: head.id }, { key: head.id, order: head.id, correlationId })
}

/** Has documents looked at of which something was seen in Lightspeed; a storm of sightings costs one look. */
export async function watchSoon(tx: Db, correlationId: string) {
  const startAfter = new Date(Date.now() + gatherMs)
  await enqueue(tx, 'lightspeed.watch', {}, { key: 'seen', startAfter, correlationId })
}

const gatherMs = 1_000
