import { reconcileCases } from '../cases/reconciling.actions.ts'
import type { Context } from '../context.ts'
import { changeConsignment, type Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Db } from '../db/database.ts'
import { writeCounts } from './counts.store.ts'

type Amendment = { productIds: readonly string[]; deliveryId: string | null; reason: string | undefined }

/**
 * What is counted of a receipt that had ended is an amendment: it changes the lines and their cases at once, and counts the
 * version up, so that it is pushed. The document is locked.
 */
export async function amendLines(
  tx: Db,
  context: Context,
  head: Head,
  { productIds, deliveryId, reason }: Amendment,
): Promise<void> {
  const changed = await writeCounts(tx, head.id, productIds)
  if (changed.length === 0) return
  await reconcileCases(tx, context, await changeConsignment(tx, head.id, {}))
  await note(tx, context, head.id, {
    action: 'consignment.counts_amended',
    before: changed.map(({ product_id: productId, before }) => ({ productId, received: before })),
    after: changed.map((line) => ({
      productId: line.product_id,
      received: line.received,
      damaged: line.damaged,
      deliveryId,
    })),
    reason,
  })
}
