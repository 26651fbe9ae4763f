import { lockConsignment } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Job } from '../jobs/handler.ts'
import { askForPush } from './asking.actions.ts'
import { listToTakeIn, saveTakeIn } from './legs-over.store.ts'
import { findLeg } from './legs.store.ts'

const hourMs = 3_600_000
const mostAtOnce = 200

/**
 * What came of documents that have waited for their rest too long is to be received in Lightspeed, so that it can be sold; the
 * rest goes on there as the next leg.
 */
export async function takeInWhatCame({ context, house, signal }: Job<'lightspeed.take-in'>) {
  const hours = house.config.clock.takeInPartialHours
  const before = new Date(Date.now() - hours * hourMs)
  for (const id of await listToTakeIn(context.database.db, before, mostAtOnce))
    if (!signal.aborted) await takeIn(context, id, { before, hours })
}

/** Looks again under the lock: somebody may have begun to receive the rest. */
async function takeIn(context: Context, id: string, { before, hours }: { before: Date; hours: number }) {
  await inTransaction(context.database, async ({ db: tx }) => {
    const head = await lockConsignment(tx, { id })
    const leg = await findLeg(tx, id)
    if (head?.status !== 'PARTIAL' || head.status_since >= before || !leg || leg.take_in_at !== null) return
    await saveTakeIn(tx, leg.id)
    const after = { leg: leg.position, remoteId: leg.remote_id }
    const reason = `It has waited for the rest for ${hours} hours`
    await note(tx, context, id, { action: 'consignment.take_in_asked', before: null, after, reason })
    await askForPush(tx, context, head)
  })
}
