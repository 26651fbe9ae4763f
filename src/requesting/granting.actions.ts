import type { Head } from '../consignments/consignments.store.ts'
import { mustAt, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { isGranted } from './requests.store.ts'
import { mustNotBeAsked } from './waiting.actions.ts'

/**
 * A transfer that opens because it is approved takes goods from a shelf too: whoever has them agreed to as many, or the
 * approver may give them away himself. Throws a Refusal (422) while they are asked for, (403) without that right.
 */
export async function mustBeGranted(tx: Db, { actor }: Context, head: Head) {
  if (head.type !== 'OUTLET_TRANSFER' || head.source_outlet_id === null) return
  await mustNotBeAsked(tx, head)
  if (!(await isGranted(tx, head.id))) mustAt(actor, 'consignments:edit', [head.source_outlet_id])
}
