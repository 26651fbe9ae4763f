import type { Context } from '../context.ts'
import { findConsignment, type Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import { headView } from '../consignments/view.ts'
import type { Db } from '../db/database.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { CaseRow } from './cases.store.ts'
import { draftNext } from './going-on.actions.ts'
import { copyLine } from './short-close.store.ts'

/** What was missing or broken comes again in a document of its own, a draft that goes on from the first. */
export async function reship(
  tx: Db,
  context: Context,
  { head, row, quantity }: { head: Head; row: CaseRow; quantity: Quantity },
): Promise<Head> {
  const amount = sayDecimal(quantity, quantityPlaces)
  const next = await draftNext(tx, context, {
    from: head,
    isReship: true,
    fill: (made) => copyLine(tx, row.line_id, { toId: made.id, quantity: amount }),
  })
  const lines = [{ productId: row.product_id, quantity: amount }]
  const after = { ...headView(next), lines, goesOnFrom: head.number, caseId: row.id }
  await note(tx, context, next.id, { action: 'consignment.created', before: null, after })
  const told = { id: next.id, number: next.number, caseId: row.id, lines }
  await note(tx, context, head.id, { action: 'consignment.reshipped', before: null, after: told })
  return next
}

/** What is sent again and was not cancelled holds its case closed. Throws a Refusal (422). */
export async function mustNotBeReshipped(tx: Db, { reship_id: id, number }: CaseRow) {
  const next = id === null ? undefined : await findConsignment(tx, { id })
  if (!next || next.status === 'CANCELLED') return
  const message = `This case of ${number} is not reopened: ${next.number} brings it again; cancel that first`
  throw new Refusal('not_lawful', 'case_not_reopenable', message, { reship: next.number, status: next.status })
}
