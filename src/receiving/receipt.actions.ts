import type { Context } from '../context.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import { knownDelivery } from './deliveries.actions.ts'
import { receiptView } from './receipt.view.ts'
import { listReceipt, listUnknownCodes } from './receipt.store.ts'

/** What is expected, what was counted until now, and what differs; with the codes that nobody knows yet. */
export async function readReceipt(context: Context, ref: string, deliveryId: string) {
  const head = await knownHead(context, ref)
  const { db } = context.database
  const delivery = await knownDelivery(db, head, deliveryId)
  const [lines, codes] = await Promise.all([listReceipt(db, head, delivery.id), listUnknownCodes(db, head.id)])
  return receiptView(head, delivery, { lines, codes })
}
