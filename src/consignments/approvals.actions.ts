import { must, outletsOf, type Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { cursorAt, placeOf } from '../jobs/place.ts'
import { decideLocked, type Decision } from './approving.actions.ts'
import { colourOf } from './approving.rules.ts'
import { listPending, listRequests, type PendingRow } from './approving.store.ts'
import { lockConsignment } from './consignments.store.ts'
import { keyOf, knownHead, sightOf, unknownConsignment } from './reading.actions.ts'
import type { Sight } from './view.ts'
import { mustFor } from './permitting.ts'
import { pageOf } from '../kernel/page.ts'

/** What waits for an answer, longest first, with how pressing it is. */
export async function readInbox(
  { database, actor }: Context,
  { role, after, limit, now }: { role: string | undefined; after: string | undefined; limit: number; now: Date },
) {
  must(actor, 'consignments:approve')
  const outlets = outletsOf(actor, 'consignments:approve')
  const rows = await listPending(database.db, { role, outlets, above: placeOf(after), limit })
  const view = (row: PendingRow) => pendingView(row, sightOf(actor, row), now)
  return pageOf(rows, limit, { view, after: ({ place, id }) => cursorAt({ at: place, id }) })
}

/** Every time that approval of one was asked for, newest first, with the answers. */
export async function readApprovals(context: Context, ref: string) {
  const head = await knownHead(context, ref)
  const rows = await listRequests(context.database.db, head.id)
  const { seesCosts } = sightOf(context.actor, head)
  return {
    data: rows.map((row) => ({
      id: row.id,
      total: seesCosts ? { amount: row.total, currency: row.currency } : null,
      roles: row.roles,
      wantedFrom: row.wanted_from,
      askedBy: row.asked_by,
      askedAt: row.asked_at.toISOString(),
      decision: row.decision,
      decidedBy: row.decided_by,
      decidedAt: row.decided_at?.toISOString() ?? null,
      onBehalfOf: row.on_behalf_of,
      isOwn: row.is_own,
      reasonCode: row.reason_code,
      reason: row.reason,
      resubmitUntil: row.resubmit_until?.toISOString() ?? null,
    })),
    next: null,
  }
}

/** One decision about many: all of them, or, when one cannot be, none. Locked in the order of their ids. */
export async function decideMany(
  context: Context,
  refs: readonly string[],
  wish: Decision,
): Promise<{ decided: { id: string; number: string }[] }> {
  must(context.actor, 'consignments:approve')
  return inTransaction(context.database, async ({ db: tx }) => {
    const decided = []
    for (const ref of [...new Set(refs)].toSorted()) {
      const head = await lockConsignment(tx, keyOf(ref))
      if (!head) throw unknownConsignment(ref)
      mustFor(context.actor, 'consignments:approve', head)
      await decideLocked(tx, context, head, wish)
      decided.push({ id: head.id, number: head.number })
    }
    return { decided }
  })
}

function pendingView(row: PendingRow, { seesCosts }: Sight, now: Date) {
  return {
    id: row.id,
    consignmentId: row.consignment_id,
    number: row.number,
    type: row.type,
    outletId: row.outlet_id,
    supplierId: row.supplier_id,
    total: seesCosts ? { amount: row.total, currency: row.currency } : null,
    roles: row.roles,
    wantedFrom: row.wanted_from,
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    colour: colourOf(row.asked_at, now),
    remindedAt: row.reminded_at?.toISOString() ?? null,
    notices: row.notices.map(({ at, ...told }) => ({ ...told, at: new Date(at).toISOString() })),
  }
}
