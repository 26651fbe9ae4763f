import { must, outletsOf, type Context } from '../context.ts'
import { cursorAt, placeOf } from '../jobs/place.ts'
import { decideLocked, type Decision } from './approving.actions.ts'
import { colourOf } from './approving.rules.ts'
import { listPending, listRequests, type PendingRow } from './approving.store.ts'
import { withHeads } from './locked.actions.ts'
import { knownHead, sightOf } from './reading.actions.ts'
import type { Sight } from './view.ts'
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

/** One decision about many: all of them, or, when one cannot be, none. */
export async function decideMany(
  context: Context,
  { refs, wish, dryRun }: { refs: readonly string[]; wish: Decision; dryRun: boolean },
): Promise<{ dryRun: boolean; decided: { id: string; number: string }[] }> {
  const heads = await withHeads(
    context,
    { refs, dryRun },
    {
      what: `approval ${wish.decision}, of ${refs.length} at once`,
      right: 'consignments:approve',
      act: (tx, head) => decideLocked(tx, context, head, wish),
    },
  )
  return { dryRun, decided: heads.map(({ id, number }) => ({ id, number })) }
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
