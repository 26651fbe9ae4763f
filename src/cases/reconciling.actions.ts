import type { Head } from '../consignments/consignments.store.ts'
import type { Status } from '../consignments/lifecycle.rules.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import { planOf, type Plan } from './plan.rules.ts'
import { changeQuantities, closeExplained, insertCases, listCounted, listExisting } from './reconciling.store.ts'
import { variancesOf } from './variance.rules.ts'

/**
 * Makes the cases of a document what its lines differ by, as they are counted now; the document is locked. Done again it
 * changes nothing. While it is being counted nothing is decided: that is PARTIAL's, or later.
 */
export async function reconcileCases(tx: Db, context: Context, head: Head): Promise<Plan> {
  if (!counted.has(head.status)) return { open: [], change: [], close: [] }
  const variances = variancesOf(head.type, await listCounted(tx, head.id), head.status !== 'PARTIAL')
  const plan = planOf(await listExisting(tx, head.id), variances)
  await insertCases(tx, head, { cases: plan.open, actor: context.actor.id })
  await changeQuantities(tx, plan.change)
  await closeExplained(tx, plan.close, context.actor.id)
  await noteChanges(tx, context, head, plan)
  return plan
}

const counted: ReadonlySet<Status> = new Set(['PARTIAL', 'RECEIVED', 'CLOSED', 'ARCHIVED'])

async function noteChanges(tx: Db, context: Context, head: Head, { open, change, close }: Plan) {
  if (open.length + change.length + close.length === 0) return
  const after = {
    opened: open.map((one) => ({ ...one, quantity: sayDecimal(one.quantity, quantityPlaces) })),
    changed: change.map((one) => ({ ...one, quantity: sayDecimal(one.quantity, quantityPlaces) })),
    closed: close,
  }
  await note(tx, context, head.id, { action: 'consignment.cases_changed', before: null, after })
}
