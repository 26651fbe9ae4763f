import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readTotal } from './authority.store.ts'
import type { Head } from './consignments.store.ts'
import type { Note } from './locked.actions.ts'
import { saveRevision } from './revisions.store.ts'

/** What a document comes to before it is amended, in cents. */
export type Before = { head: Head; total: bigint }

/** What was approved is changed for a reason, which its revision keeps. Throws a Refusal (422) without one. */
export function mustSayWhy({ number, status, approval }: Head, reason: string | undefined) {
  if (reason !== undefined || status === 'DRAFT' || approval !== 'approved') return
  const issues = [{ field: 'reason', message: 'say why' }]
  throw new Refusal('not_valid', 'reason_missing', `reason: say why ${number}, which is approved, is changed`, {
    issues,
  })
}

export async function beforeAmending(tx: Db, head: Head): Promise<Before> {
  return { head, total: head.status === 'DRAFT' ? 0n : await readTotal(tx, head.id) }
}

/** From OPEN on, what was changed is kept as a revision; of an order that is sent, the supplier has to get it. */
export async function revise(tx: Db, { actor }: Context, { head, total }: Before, what: Note) {
  if (head.status === 'DRAFT') return
  const after = await readTotal(tx, head.id)
  await saveRevision(tx, {
    consignmentId: head.id,
    actor: actor.id,
    reason: what.reason,
    before: what.before,
    after: what.after,
    totals: { before: sayDecimal(total, 2, 2), after: sayDecimal(after, 2, 2) },
    isForSupplier: head.type === 'PURCHASE_ORDER' && head.status === 'SENT',
  })
}
