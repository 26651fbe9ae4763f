import { lockConsignment } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import { mustFor } from '../consignments/permitting.ts'
import { must, type Context } from '../context.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { findEvidence, markRemoved } from './evidence.store.ts'
import { unknownEvidence } from './reading.actions.ts'
import { evidenceView } from './view.ts'

/** Marks it as removed, with the reason; who, when and why stay. Doing it twice does it once. Throws a Refusal (422) for what is archived. */
export async function removeEvidence(
  context: Context,
  { id, reason, dryRun }: { id: string; reason: string; dryRun: boolean },
) {
  const { database, actor } = context
  must(actor, 'evidence:remove')
  const known = await findEvidence(database.db, id)
  if (!known) throw unknownEvidence(id)
  return (dryRun ? rehearse : inTransaction)(database, async ({ db: tx }) => {
    const head = await lockConsignment(tx, { id: known.consignment_id })
    const before = await findEvidence(tx, id)
    if (!head || !before) throw unknownEvidence(id)
    mustFor(actor, 'evidence:remove', head)
    if (before.removed_at !== null) return evidenceView(before)
    if (before.archived_at !== null)
      throw new Refusal('not_lawful', 'evidence_archived', 'What is archived is no longer changed', { id })
    await markRemoved(tx, id, { by: actor.id, reason })
    const after = evidenceView((await findEvidence(tx, id)) ?? before)
    const what = { action: 'evidence.removed', before: evidenceView(before), after, reason }
    await note(tx, context, before.consignment_id, what)
    return after
  })
}
