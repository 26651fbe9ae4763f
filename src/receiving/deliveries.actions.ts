import type { Context } from '../context.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import { takeStepTo } from '../consignments/transitions.actions.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  findDelivery,
  findOpenDelivery,
  insertAlias,
  insertDelivery,
  listDeliveries,
  type DeliveryRow,
} from './deliveries.store.ts'
import { mustBeReceivable } from './receivable.rules.ts'
import { deliveryView, listedView, outcomeOf } from './view.ts'

export type Beginning = { id: string; note: string | null }

/** `head`: the document as it is then. */
type Begun = { delivery: DeliveryRow; isNew: boolean; head: Head }

/**
 * Begins a delivery, and with it to receive. Its id is its sender's: a repeat answers the same one, and whoever begins one
 * while another is open counts along in that. Throws a Refusal (422) where nothing can be received.
 */
export async function beginDelivery(context: Context, target: Target, wish: Beginning) {
  return withHead(context, target, {
    what: 'begin a delivery',
    right: 'consignments:receive',
    act: (tx, head) => beginLocked(tx, context, head, wish),
    answer: async (_, head, { delivery, isNew }) => ({ isNew, ...deliveryView(head, delivery) }),
  })
}

/** The same on a document that is locked already. */
export async function beginLocked(
  tx: Db,
  context: Context,
  head: Head,
  { id, note: words }: Beginning,
): Promise<Begun> {
  mustBeReceivable(head)
  const there = await findDelivery(tx, head.id, id)
  if (there) return { delivery: there, isNew: false, head }
  const { actor } = context
  const open = await findOpenDelivery(tx, head.id)
  if (open) {
    if (!(await insertAlias(tx, { id, delivery_id: open.id, actor: actor.id }))) throw idUsed(id)
    return { delivery: open, isNew: false, head }
  }
  const to = 'RECEIVING' as const
  const after = head.status === to ? head : await takeStepTo(tx, context, head, { to, reason: undefined })
  const delivery = await insertDelivery(tx, { id, consignmentId: head.id, note: words, actor: actor.id })
  if (!delivery) throw idUsed(id)
  const begun = { deliveryId: id, position: delivery.position, note: words }
  await note(tx, context, head.id, { action: 'delivery.begun', before: null, after: begun })
  return { delivery, isNew: true, head: after }
}

/** What arrived of it until now, the first delivery first. */
export async function readDeliveries(context: Context, ref: string) {
  const head = await knownHead(context, ref)
  const rows = await listDeliveries(context.database.db, head.id)
  return { data: rows.map((row) => listedView(head, row)), next: null }
}

/** Throws a Refusal (404) for one that this document does not have. */
export async function knownDelivery(db: Db, head: Head, id: string): Promise<DeliveryRow> {
  const delivery = await findDelivery(db, head.id, id)
  if (delivery) return delivery
  throw new Refusal('not_found', 'delivery_unknown', `${head.number} has no delivery ${id}`, { id })
}

export type Ending = { outcome: 'more_to_come' | 'complete' }

/**
 * Ends a delivery: what was counted becomes what the lines received, and the document waits for the rest or has all. Ended
 * the same way again it answers as it did. Throws a Refusal (422) for another way, or where the law does not lead.
 */
export async function completeDelivery(context: Context, target: Target, wish: Ending & { deliveryId: string }) {
  return withHead(context, target, {
    what: `end a delivery: ${wish.outcome}`,
    right: 'consignments:receive',
    act: async (tx, head) => {
      const delivery = await knownDelivery(tx, head, wish.deliveryId)
      await endLocked(tx, context, head, { delivery, outcome: wish.outcome })
    },
    answer: async (tx, head) => deliveryView(head, await knownDelivery(tx, head, wish.deliveryId)),
  })
}

/** The same on a document that is locked already. */
export async function endLocked(
  tx: Db,
  context: Context,
  head: Head,
  { delivery, outcome }: Ending & { delivery: DeliveryRow },
) {
  if (delivery.completed_at === null) {
    const to = outcome === 'complete' ? ('RECEIVED' as const) : ('PARTIAL' as const)
    await takeStepTo(tx, context, head, { to, reason: undefined })
    return
  }
  const ended = outcomeOf(delivery)
  if (ended === outcome) return
  const message = `Delivery ${delivery.position} of ${head.number} was ended already: ${ended}`
  throw new Refusal('not_lawful', 'delivery_ended', message, { outcome: ended })
}

function idUsed(id: string): Refusal {
  const issues = [{ field: 'id', message: 'is the id of another delivery: make a new one' }]
  return new Refusal('conflict', 'delivery_id_used', `id: ${id} is the id of another delivery`, { issues })
}
