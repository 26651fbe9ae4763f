import { record } from '../audit/audit.store.ts'
import type { Context } from '../context.ts'
import type { Taken } from '../consignments/consequences.ts'
import type { Db } from '../db/database.ts'
import { writeCounts } from './counts.store.ts'
import { endDelivery } from './deliveries.store.ts'

/**
 * Whatever ends receiving, an act, a job or what was seen in Lightspeed: the delivery that is open ends with it, and the sums
 * of all scans become what the lines received.
 */
export async function settleDelivery(tx: Db, { actor, correlationId }: Context, { step, before }: Taken) {
  if (step.from !== 'RECEIVING' || (step.act !== 'pause' && step.act !== 'complete') || step.type === 'STOCKTAKE')
    return
  const outcome = step.act === 'complete' ? ('complete' as const) : ('more_to_come' as const)
  const delivery = await endDelivery(tx, before.id, { outcome, actor: actor.id })
  const lines = await writeCounts(tx, before.id, null)
  if (!delivery && lines.length === 0) return
  await record(tx, {
    action: 'delivery.completed',
    entity: 'consignment',
    entityId: before.id,
    actor: actor.id,
    correlationId,
    before: { lines: lines.map(({ product_id: productId, before: received }) => ({ productId, received })) },
    after: {
      deliveryId: delivery?.id ?? null,
      outcome,
      lines: lines.map(({ product_id: productId, received, damaged }) => ({ productId, received, damaged })),
    },
  })
}
