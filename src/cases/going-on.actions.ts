import type { Context } from '../context.ts'
import { listPlaces } from '../consignments/catalogue.store.ts'
import { insertConsignment, nextSequence, type Head } from '../consignments/consignments.store.ts'
import { documentNumber, monthOf } from '../consignments/number.rules.ts'
import type { Db } from '../db/database.ts'
import { copyApproval } from './short-close.store.ts'

/**
 * A draft between the same parties with the first document as its parent, approved as far as that was: its goods were.
 * Somebody looks at it before it is sent. `fill` gives it its lines.
 */
export async function draftNext(
  tx: Db,
  context: Context,
  { from, isReship, fill }: { from: Head; isReship: boolean; fill: (next: Head) => Promise<void> },
): Promise<Head> {
  const [place] = await listPlaces(tx, [from.outlet_id])
  const month = monthOf(new Date(), place?.timeZone ?? '')
  const next = await insertConsignment(tx, {
    number: documentNumber({ type: from.type, month, sequence: await nextSequence(tx, from.type, month) }),
    type: from.type,
    approval: from.approval,
    outletId: from.outlet_id,
    sourceOutletId: from.source_outlet_id,
    supplierId: from.supplier_id,
    reference: from.reference,
    note: null,
    dueAt: null,
    currency: from.currency,
    createdBy: context.actor.id,
    parentId: from.id,
    isReship,
  })
  await fill(next)
  if (from.approval === 'approved') await copyApproval(tx, from.id, next.id)
  return next
}
