import type { Context } from '../context.ts'
import type { Taken } from '../consignments/consequences.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Db } from '../db/database.ts'
import { assignLocked } from './assigning.ts'
import { writeCounts } from './counts.store.ts'
import { endDelivery } from './deliveries.store.ts'
import { listReceipt, listUnknownCodes } from './receipt.store.ts'
import { askForRecounts } from './recounts.store.ts'
import { meaningsOf } from './resolving.actions.ts'
import { warningsOf } from './warnings.rules.ts'

/**
 * Whatever ends receiving, an act, a job or what was seen in Lightspeed: the delivery that is open ends with it, and the sums
 * of all scans become what the lines received. What is odd about them is noted with it; of what a transfer lacks, whoever
 * sent it is asked to count again.
 */
export async function settleDelivery(tx: Db, context: Context, { step, before }: Taken) {
  if (step.from !== 'RECEIVING' || (step.act !== 'pause' && step.act !== 'complete') || step.type === 'STOCKTAKE')
    return
  const { actor } = context
  const isLast = step.act === 'complete'
  const delivery = await endDelivery(tx, before.id, { outcome: isLast ? 'complete' : 'more_to_come', actor: actor.id })
  await assignTaught(tx, context, before)
  const changed = await writeCounts(tx, before.id, null)
  if (!delivery && changed.length === 0) return
  const lines = await listReceipt(tx, before, { deliveryId: delivery?.id ?? null })
  const codes = await listUnknownCodes(tx, before.id)
  if (isLast) await askForRecounts(tx, before, { deliveryId: delivery?.id ?? null, actor: actor.id })
  await note(tx, context, before.id, {
    action: 'delivery.completed',
    before: { lines: changed.map(({ product_id: productId, before: received }) => ({ productId, received })) },
    after: {
      deliveryId: delivery?.id ?? null,
      outcome: isLast ? 'complete' : 'more_to_come',
      lines: changed.map(({ product_id: productId, received, damaged }) => ({ productId, received, damaged })),
      warnings: warningsOf(lines, codes, { isLast }),
    },
  })
}

/** A code that was taught since somebody scanned it is no longer unknown. */
async function assignTaught(tx: Db, context: Context, head: Head) {
  const codes = (await listUnknownCodes(tx, head.id)).map(({ code }) => code)
  for (const [code, meant] of await meaningsOf(tx, head.id, codes))
    if ('productId' in meant) await assignLocked(tx, context, head, { code, ...meant })
}
