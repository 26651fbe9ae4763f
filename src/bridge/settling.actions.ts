import type { Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { snooze } from '../jobs/handler.ts'
import { closeConflict, saveConflict } from './conflicts.store.ts'
import type { Desk } from './desk.ts'
import { forgetRemote, isUntouched, saveSeen } from './legs.store.ts'
import { saveLink } from './links.store.ts'
import { snapshotOf } from './merging.rules.ts'
import type { Pushing } from './pushing.ts'
import type { There } from './sides.rules.ts'

/** `again`: somebody else was quicker, and both sides are to be read anew. */
export type Settled = 'settled' | 'again'

/** Nothing is left to be done: both sides are the same. RECEIVED is believed at the second look. */
export async function agree(pushing: Pushing, { head, leg, there }: Desk): Promise<Settled> {
  const isFirstLook = there?.status === 'RECEIVED' && leg.remote_status !== 'RECEIVED'
  const settled = await ifUntouched(pushing, leg, async (tx) => {
    if (there && isFirstLook) return saveSeen(tx, leg.id, there)
    if (there) await saveSeen(tx, leg.id, there, snapshotOf(there))
    else await forgetRemote(tx, leg.id)
    await closeConflict(tx, leg.id, 'gone', pushing.context.actor.id)
    // Of a document with several legs the first ones are there, whatever of the last.
    const link = there || leg.position > 1 ? 'synced' : 'none'
    await saveLink(tx, head.id, link, head.version)
    if (head.link !== 'synced') await note(tx, pushing.context, head.id, seenNote(head, link, there))
  })
  if (settled === 'settled' && isFirstLook) snooze(new Date(Date.now() + confirmedAfterMs))
  return settled
}

/** RECEIVED may fall back to SENT by itself: it counts when it is still so after Lightspeed has worked on the lines. */
export const confirmedAfterMs = 3_000

function seenNote(head: Head, link: Head['link'], there: There | null) {
  return {
    action: 'consignment.synced',
    before: { link: head.link },
    after: { link, remoteId: there?.id ?? null, remoteStatus: there?.status ?? null },
  }
}

/** Nothing is written: both sides are kept, and somebody chooses. */
export async function park(
  pushing: Pushing,
  { head, leg, there, wanted }: Desk,
  reasons: readonly string[],
): Promise<Settled> {
  return ifUntouched(pushing, leg, async (tx) => {
    const [ours, theirs] = [snapshotOf(wanted), there && snapshotOf(there)]
    await saveConflict(tx, { consignmentId: head.id, legId: leg.id, reasons, ours, theirs })
    if (there) await saveSeen(tx, leg.id, there)
    await saveLink(tx, head.id, 'conflict')
    if (head.link === 'conflict') return
    const said = { action: 'consignment.conflict_found', before: theirs, after: ours, reason: reasons.join('; ') }
    await note(tx, pushing.context, head.id, said)
  })
}

/** What nobody knows is kept and shown as it is; the document goes on as before. */
export async function keepUnknown(
  pushing: Pushing,
  { head, leg, there }: Desk,
  reasons: readonly string[],
): Promise<Settled> {
  return ifUntouched(pushing, leg, async (tx) => {
    if (!there) return
    await saveSeen(tx, leg.id, there)
    if (leg.remote_status === there.status) return
    const [before, after] = [{ remoteStatus: leg.remote_status }, { remoteStatus: there.status }]
    const said = { action: 'consignment.status_unknown', before, after, reason: reasons.join('; ') }
    await note(tx, pushing.context, head.id, said)
  })
}

async function ifUntouched({ context }: Pushing, leg: Desk['leg'], work: (tx: Db) => Promise<void>): Promise<Settled> {
  return inTransaction(context.database, async ({ db: tx }) => {
    if (!(await isUntouched(tx, leg))) return 'again'
    await work(tx)
    return 'settled'
  })
}
