import { changeConsignment, type Head } from '../consignments/consignments.store.ts'
import { mayEdit } from '../consignments/editing.rules.ts'
import { note } from '../consignments/locked.actions.ts'
import { beforeAmending, revise } from '../consignments/revising.ts'
import { headView } from '../consignments/view.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { differences, fieldNames, parties } from './header.rules.ts'
import { saveToken, type Leg } from './legs.store.ts'
import type { Snapshot } from './merging.rules.ts'
import { headerOf, noteIn } from './wanting.rules.ts'

/**
 * Takes over the name, the day due and the order number of Lightspeed's header: the number becomes the mark by which the leg
 * is known there. Throws a Refusal (422) for what is locked, and for outlets and supplier.
 */
export async function takeHeader(
  tx: Db,
  context: Context,
  head: Head,
  { leg, theirs: { header } }: { leg: Leg; theirs: Snapshot },
): Promise<void> {
  if (!header || leg.is_theirs) return
  const ours = headerOf(head, leg.token)
  const fields = differences(ours, {
    ...header,
    type: ours.type,
    outletId: header.outletId ?? '',
    name: header.name ?? '',
  })
  const fixed = fields.find((field) => parties.includes(field))
  if (fixed !== undefined) throw notTaken(head, `its ${fieldNames[fixed]} is another there`)
  if (fields.includes('reference')) await takeToken(tx, head, leg, header.reference)
  const change = {
    ...(fields.includes('name') ? { note: noteIn(head, header.name ?? '', leg.token) } : {}),
    ...(fields.includes('dueAt') ? { due_at: header.dueAt === null ? null : new Date(header.dueAt) } : {}),
  }
  if (Object.keys(change).length === 0) return
  if (!mayEdit(head, 'header')) throw notTaken(head, 'the header is locked from SENT on')
  const was = await beforeAmending(tx, head)
  const after = await changeConsignment(tx, head.id, change)
  const reason = 'Taken over from Lightspeed'
  const what = { action: 'consignment.edited', before: headView(head), after: headView(after), reason }
  await note(tx, context, head.id, what)
  await revise(tx, context, was, what)
}

async function takeToken(tx: Db, head: Head, leg: Leg, token: string | null) {
  if (token === null || token.trim() === '')
    throw notTaken(head, 'without an order number it could not be found there again')
  if (!(await saveToken(tx, leg.id, token))) throw notTaken(head, `another document has the order number ${token}`)
}

function notTaken({ number }: Head, why: string): Refusal {
  return new Refusal('not_lawful', 'theirs_not_lawful', `${number} cannot become what Lightspeed has: ${why}`, {
    outOfReach: [why],
  })
}
