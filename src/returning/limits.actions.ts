import { lockConsignment, type Head } from '../consignments/consignments.store.ts'
import { wrong } from '../consignments/drafting.rules.ts'
import type { Db } from '../db/database.ts'
import { allot, returnReasons } from './returnable.rules.ts'
import { findSourced, listReceiptLines, saveQuarantined, scaled } from './returns.store.ts'

/**
 * A line of a return that came with a receipt stays within what can still go back. The return is locked, and the receipt
 * after it, never the other way round. Throws a Refusal (422).
 */
export async function keepReturnable(tx: Db, head: Head, lineId: string): Promise<void> {
  if (head.type !== 'SUPPLIER_RETURN' || head.parent_id === null) return
  const line = await findSourced(tx, lineId)
  if (!line) return
  await lockConsignment(tx, { id: head.parent_id })
  const receipts = await listReceiptLines(tx, head.parent_id, head.id)
  const receipt = receipts.find((one) => one.lineId === line.source_line_id)
  const reason = returnReasons.find((one) => one === line.reason)
  if (!receipt || !reason) return
  const allotted = allot(receipt, { quantity: scaled(line.quantity), reason })
  if ('wrong' in allotted) throw wrong('quantity', allotted.wrong)
  await saveQuarantined(tx, lineId, allotted.quarantined)
}
