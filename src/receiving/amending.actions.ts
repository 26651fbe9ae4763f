import { randomUUID } from 'node:crypto'
import { reconcileCases } from '../cases/reconciling.actions.ts'
import type { Context } from '../context.ts'
import { changeConsignment, type Head } from '../consignments/consignments.store.ts'
import { mustEdit } from '../consignments/editing.rules.ts'
import { findLine } from '../consignments/lines.store.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import type { Db } from '../db/database.ts'
import { sayQuantity, type Quantity } from '../kernel/quantity.ts'
import { Refusal } from '../kernel/refusal.ts'
import { correctionOf, type Correction } from './correcting.rules.ts'
import { fresh, subjectOf } from './counting.rules.ts'
import { insertScans, writeCounts } from './counts.store.ts'
import { mustBeReceivable } from './receivable.rules.ts'
import { lineAnswer } from './receipt.actions.ts'
import { quantityIn } from './quantities.rules.ts'
import { readTallies } from './tallies.ts'

export type Amending = { lineId: string; correction: Correction; reason: string }

/**
 * Says how much of a line arrived in all, whatever was counted: kept as scans that make up the difference. Until the document
 * is closed; answers the line. Throws a Refusal (422) after that.
 */
export async function amendReceived(context: Context, target: Target, { lineId, correction, reason }: Amending) {
  return withHead(context, target, {
    what: `amend what was received of line ${lineId}`,
    right: 'consignments:receive',
    act: (tx, head) => amendLine(tx, context, head, { lineId, correction, reason }),
    answer: (tx, head) => lineAnswer(tx, head, lineId),
  })
}

/** What was missing turned up: so many more arrived than was counted. The document is locked, and still takes counts. */
export async function keepFound(
  tx: Db,
  context: Context,
  head: Head,
  { lineId, quantity, reason }: { lineId: string; quantity: Quantity; reason: string },
) {
  const { received } = await knownLine(tx, head, lineId)
  const correction = { received: quantityIn(received ?? '0') + quantity, damaged: {} }
  await amendLine(tx, context, head, { lineId, correction, reason })
}

async function amendLine(tx: Db, context: Context, head: Head, { lineId, correction, reason }: Amending) {
  mustBeReceivable(head)
  mustEdit(head, 'received')
  const { product_id: productId } = await knownLine(tx, head, lineId)
  const tallies = await readTallies(tx, head, null, [{ productId, code: null }])
  const { counted } = tallies.get(subjectOf({ productId, code: null })) ?? fresh
  await keepCorrection(tx, context, head, { productId, changes: correctionOf(counted, correction), reason })
  if (head.status === 'RECEIVING') {
    const after = { productId, received: sayQuantity(correction.received), counts: 'when the delivery ends' }
    await note(tx, context, head.id, { action: 'consignment.counts_amended', before: null, after, reason })
  } else await amendLines(tx, context, head, { productIds: [productId], deliveryId: null, reason })
}

type Kept = { productId: string; changes: ReturnType<typeof correctionOf>; reason: string }

async function keepCorrection(tx: Db, { actor }: Context, head: Head, { productId, changes, reason }: Kept) {
  const now = new Date()
  const rows = changes.map(({ condition, quantity }) => ({
    id: randomUUID(),
    productId,
    code: null,
    quantity: sayQuantity(quantity),
    units: '1',
    condition,
    at: now,
    device: null,
    flag: null,
  }))
  const origin = { consignmentId: head.id, deliveryId: null, actor: actor.id, means: 'amendment', reason } as const
  if (rows.length > 0) await insertScans(tx, origin, rows)
}

/** Throws a Refusal (404) for a line that the document does not have. */
export async function knownLine(tx: Db, head: Head, lineId: string) {
  const line = await findLine(tx, head.id, lineId)
  if (line) return line
  throw new Refusal('not_found', 'line_unknown', `${head.number} has no line ${lineId}`)
}

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
