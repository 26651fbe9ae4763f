import { randomUUID } from 'node:crypto'
import { mustFor } from '../consignments/permitting.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { sayQuantity } from '../kernel/quantity.ts'
import { insertScans } from './counts.store.ts'
import { beginLocked, endLocked, knownDelivery } from './deliveries.actions.ts'
import type { DeliveryRow, Outcome } from './deliveries.store.ts'
import { quantityIn } from './quantities.rules.ts'
import { listReceipt } from './receipt.store.ts'
import { resolveScans } from './resolving.actions.ts'
import { countLocked } from './scans.actions.ts'
import type { ReadScan } from './scans.fields.ts'
import { deliveryView } from './view.ts'

export type Receiving = {
  /** Of the delivery; its sender's. */
  id: string
  note: string | null
  scans: readonly ReadScan[]
  /** Whatever of a line was not counted came as it was expected, says who may say so. */
  asOrdered: boolean
  outcome: Outcome | null
}

/**
 * A whole delivery in one request, all or nothing: begun, counted, the rest taken over as expected, ended. The same id again
 * does nothing further. Throws a Refusal (422) that names the field of whatever is wrong.
 */
export async function receiveAtOnce(context: Context, target: Target, wish: Receiving) {
  const { id } = await knownHead(context, target.ref)
  const resolved = await resolveScans(context.database.db, id, wish.scans)
  return withHead(context, target, {
    what: wish.asOrdered ? 'receive as ordered' : 'receive',
    right: 'consignments:receive',
    act: async (tx, head) => {
      const { delivery, isNew, head: now } = await beginLocked(tx, context, head, wish)
      const results = await countLocked(tx, context, now, { deliveryId: delivery.id, resolved, isStrict: true })
      const takenOver = wish.asOrdered ? await takeOver(tx, context, now, delivery) : 0
      if (wish.outcome !== null) await endLocked(tx, context, now, { delivery, outcome: wish.outcome })
      return { isNew, results, takenOver, deliveryId: delivery.id }
    },
    answer: async (tx, head, { deliveryId, ...done }) => {
      const delivery = await knownDelivery(tx, head, deliveryId)
      return { ...deliveryView(head, delivery), ...done }
    },
  })
}

/** What nobody counted is put down as it was expected, and stays told apart from what was. Answers how many lines. */
async function takeOver(tx: Db, context: Context, head: Head, delivery: DeliveryRow): Promise<number> {
  mustFor(context.actor, 'consignments:receive-all', head)
  if (delivery.completed_at !== null) return 0
  const lines = await listReceipt(tx, head, { deliveryId: delivery.id })
  const now = new Date()
  const rows = lines.flatMap((line) => {
    const missing = quantityIn(line.expected) - quantityIn(line.counted ?? '0')
    if (missing <= 0n) return []
    const row = { id: randomUUID(), productId: line.product_id, code: null, quantity: sayQuantity(missing) }
    return [{ ...row, units: '1', condition: 'good', at: now, device: null, flag: null }]
  })
  if (rows.length === 0) return 0
  const origin = { consignmentId: head.id, deliveryId: delivery.id, actor: context.actor.id } as const
  await insertScans(tx, { ...origin, means: 'as_ordered' }, rows)
  const after = { deliveryId: delivery.id, lines: rows.map(({ productId, quantity }) => ({ productId, quantity })) }
  await note(tx, context, head.id, { action: 'delivery.taken_as_ordered', before: null, after })
  return rows.length
}
