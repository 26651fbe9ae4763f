import { randomUUID } from 'node:crypto'
import type { Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { sayQuantity, type Quantity } from '../kernel/quantity.ts'
import { Refusal } from '../kernel/refusal.ts'
import { sumOpenCode, type OpenCode } from './codes.store.ts'
import { conditionOf, fresh, judge, subjectOf } from './counting.rules.ts'
import { insertScans, type NewScan } from './counts.store.ts'
import { inUnits, quantityIn } from './quantities.rules.ts'
import { readTallies } from './tallies.ts'
import { addUnexpected } from './unexpected.actions.ts'

export type Assignment = { code: string; productId: string; units: Quantity }

/**
 * What was counted of an unknown code becomes a product's, by scans that take it back here and add it there: nothing that
 * was scanned is ever changed. Answers how much of the product it came to; nothing is left to do the second time.
 */
export async function assignLocked(tx: Db, context: Context, head: Head, assignment: Assignment): Promise<Quantity> {
  const { code, productId, units } = assignment
  const open = await sumOpenCode(tx, head.id, code)
  if (open.length === 0) return 0n
  const subject = { productId, code: null }
  const tallies = await readTallies(tx, head, null, [subject])
  let tally = { ...(tallies.get(subjectOf(subject)) ?? fresh) }
  const { lineId } = tally
  let sum = 0n
  for (const row of open) {
    const quantity = inUnits(quantityIn(row.quantity), units)
    if (quantity === undefined) throw notAssignable('units', `${row.quantity} times it has more than 5 places`)
    const judged = judge(
      { productId, code, quantity, condition: conditionOf(row.condition) },
      { ...tally, here: tally.counted },
    )
    if ('wrong' in judged) throw notAssignable('units', judged.wrong)
    tally = judged.tally
    sum += quantity
    await move(tx, context, head, { row, quantity, ...assignment })
  }
  if (lineId === null) await addUnexpected(tx, context, head, new Set([productId]))
  const after = { code, productId, units: sayQuantity(units), counted: sayQuantity(sum) }
  await note(tx, context, head.id, { action: 'consignment.code_assigned', before: null, after })
  return sum
}

async function move(
  tx: Db,
  { actor }: Context,
  head: Head,
  { row, quantity, code, productId, units }: Assignment & { row: OpenCode; quantity: Quantity },
) {
  const common = { code, condition: row.condition, at: new Date(), device: null, flag: null }
  const rows: NewScan[] = [
    { ...common, id: randomUUID(), productId: null, quantity: sayQuantity(-quantityIn(row.quantity)), units: '1' },
    { ...common, id: randomUUID(), productId, quantity: sayQuantity(quantity), units: sayQuantity(units) },
  ]
  const origin = { consignmentId: head.id, deliveryId: row.delivery_id, actor: actor.id, means: 'assignment' } as const
  await insertScans(tx, origin, rows)
}

function notAssignable(field: string, message: string): Refusal {
  return new Refusal('not_valid', 'code_not_assignable', `${field}: ${message}`, { issues: [{ field, message }] })
}
