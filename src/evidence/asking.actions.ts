import type { Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { hasEvidence } from './evidence.store.ts'
import { findLastDelivery, findRule } from './rules.store.ts'

export type Missing = { code: 'photo_missing' | 'signature_missing'; message: string; lineId: null; productId: null }

const ofWhole = { lineId: null, productId: null } as const

/**
 * What the supplier's rule asks for and nobody has sent: of a delivery, else of the last one, else of the document. A
 * warning: who has the goods in hand goes on without.
 */
export async function missingEvidence(db: Db, head: Head, deliveryId?: string): Promise<Missing[]> {
  if (head.type !== 'PURCHASE_ORDER') return []
  const { asksPhoto, asksSignature } = await findRule(db, head.supplier_id)
  const of = deliveryId ?? (await findLastDelivery(db, head.id))
  const claim = { consignmentId: head.id, ...(of === undefined ? {} : { deliveryId: of }) }
  const missing: Missing[] = []
  if (asksPhoto && !(await hasEvidence(db, claim)))
    missing.push({
      code: 'photo_missing',
      message: 'the supplier’s rule asks for a photo, and there is none',
      ...ofWhole,
    })
  if (asksSignature && !(await hasEvidence(db, { ...claim, kind: 'signature' })))
    missing.push({ code: 'signature_missing', message: 'nobody has signed for the delivery', ...ofWhole })
  return missing
}

/** Whoever goes on without what was asked for is not held up, and it stands in the history. */
export async function noteMissingEvidence(tx: Db, context: Context, head: Head) {
  const missing = await missingEvidence(tx, head)
  if (missing.length === 0) return
  const codes = missing.map(({ code }) => code)
  await note(tx, context, head.id, { action: 'consignment.warning_passed', before: null, after: { codes } })
}
