import type { Context } from '../context.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import type { Db } from '../db/database.ts'
import { knownDelivery } from './deliveries.actions.ts'
import { receiptLineView, receiptView } from './receipt.view.ts'
import { listReceipt, listUnknownCodes } from './receipt.store.ts'

/** What is expected, what was counted until now, and what differs; with the codes that nobody knows yet. */
export async function readReceipt(context: Context, ref: string, deliveryId: string) {
  const head = await knownHead(context, ref)
  const { db } = context.database
  const delivery = await knownDelivery(db, head, deliveryId)
  const [lines, codes] = await Promise.all([
    listReceipt(db, head, { deliveryId: delivery.id }),
    listUnknownCodes(db, head.id),
  ])
  return receiptView(head, delivery, { lines, codes })
}

/** One line as it stands now, with where its document stands. */
export async function lineAnswer(tx: Db, head: Head, lineId: string) {
  const [line] = await listReceipt(tx, head, { deliveryId: null, lineId })
  if (!line) throw new Error(`The line ${lineId} went away under the lock`)
  const { id, number, status, version } = head
  return { consignment: { id, number, status, version }, line: receiptLineView(line) }
}
