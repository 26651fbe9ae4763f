import type { Context } from '../context.ts'
import { listPlaces } from '../consignments/catalogue.store.ts'
import { insertConsignment, nextSequence, type Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import { documentNumber, monthOf } from '../consignments/number.rules.ts'
import { headView } from '../consignments/view.ts'
import type { Db } from '../db/database.ts'
import { copyApproval, copyRest, listRest, settleDecided, type Rest } from './short-close.store.ts'
import { reconcileCases } from './reconciling.actions.ts'

/**
 * What follows from closing short, in the transaction that does: what is ordered on becomes one document of its own, what is
 * missing becomes cases, and those that are decided about are settled.
 */
export async function closeShort(tx: Db, context: Context, head: Head): Promise<void> {
  const rest = await listRest(tx, head.id)
  const next = rest.length === 0 ? undefined : await goOn(tx, context, head, rest)
  await reconcileCases(tx, context, head)
  const goesOnIn = next === undefined ? null : `It goes on in ${next.number}`
  await settleDecided(tx, head.id, { actor: context.actor.id, goesOnIn })
}

/** A draft, approved as far as the other was: its goods were. Somebody looks at it before it is sent. */
async function goOn(tx: Db, context: Context, from: Head, rest: readonly Rest[]): Promise<Head> {
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
  })
  await copyRest(tx, from.id, next.id)
  if (from.approval === 'approved') await copyApproval(tx, from.id, next.id)
  const after = { ...headView(next), lines: rest, goesOnFrom: from.number }
  await note(tx, context, next.id, { action: 'consignment.created', before: null, after })
  const told = { id: next.id, number: next.number, lines: rest }
  await note(tx, context, from.id, { action: 'consignment.back_ordered', before: null, after: told })
  return next
}
