import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { findOpenSibling, insertRest, type CaseChange, type CaseRow } from './cases.store.ts'
import { changeCase } from './cases.store.ts'
import { sizeOf, quantityOfCase } from './case.view.ts'
import type { CaseView } from './cases.actions.ts'
import { mustShowDamage } from './claiming.actions.ts'
import { takeIn, takeOut } from './found.actions.ts'
import { onCase, mustBeOpen, type CaseTarget, type OnCase } from './on-case.actions.ts'
import { mustFitOutcome, mustSayWhy, partOf } from './outcomes.rules.ts'
import type { Settlement } from './plan.rules.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Quantity } from '../kernel/quantity.ts'
import { mustNotBeReshipped, reship } from './reshipping.actions.ts'

export type Settling = {
  outcome: Settlement
  note: string | undefined
  /** A part of it; the rest stays open as a case of its own. */
  quantity?: Quantity | undefined
  /** Of what was found: at which outlet of the document. */
  outletId?: string | undefined
  /** Of damage that is claimed for: why there is no photo. */
  noPhotoReason?: string | undefined
}

/**
 * Settles it, once: of two who do at the same time the second is told (422) how it was settled. What was found is taken in,
 * what is sent again gets a document, and a claim for damage shows a photo or says why there is none.
 */
export async function settleCase(context: Context, target: CaseTarget, wish: Settling): Promise<CaseView> {
  const { outcome, note } = wish
  return onCase(context, target, {
    what: `settle case as ${outcome}`,
    act: async (tx, { head, row }) => {
      mustBeOpen(row)
      const about = { kind: row.kind, quantity: quantityOfCase(row), number: row.number }
      mustFitOutcome(about, outcome)
      mustSayWhy(about, outcome, note)
      const part = partOf(about, wish.quantity)
      const change = await followed(tx, context, { head, row, part, wish })
      if (change)
        await settle(tx, context, {
          row,
          part,
          change: { ...change, outcome, ...(note === undefined ? {} : { note }) },
        })
      return { action: 'case.settled', reason: note }
    },
  })
}

type Following = OnCase & { part: Quantity; wish: Settling }

/** What an outcome leads to; undefined where that has changed the case already. */
async function followed(
  tx: Db,
  context: Context,
  { head, row, part, wish }: Following,
): Promise<CaseChange | undefined> {
  const { outcome, note, outletId, noPhotoReason } = wish
  const quantity = sizeOf(part)
  if (outcome === 'credit') return mustShowDamage(tx, row, noPhotoReason)
  if (outcome === 'reship') return { reship_id: (await reship(tx, context, { head, row, quantity })).id }
  if (outcome !== 'found') return {}
  const { outletId: foundAt, writeId } = await takeIn(tx, context, { head, row, outletId, quantity, note })
  if (writeId !== null) return { found_outlet_id: foundAt, stock_write_id: writeId }
  await changeCase(tx, row.id, { found_outlet_id: foundAt, ...(note === undefined ? {} : { note }) })
  return undefined
}

/** Settled is first, so that of a line and kind one case is open at each moment. */
async function settle(
  tx: Db,
  { actor }: Context,
  { row, part, change }: { row: CaseRow; part: Quantity; change: CaseChange },
) {
  const whole = quantityOfCase(row)
  await changeCase(tx, row.id, { ...change, quantity: part, settled_by: actor.id, settled_at: new Date() })
  if (part !== whole) await insertRest(tx, row.id, { quantity: whole - part, actor: actor.id })
}

/**
 * Opens a settled one again, with the reason; what was put into stock for it is taken out. Throws a Refusal (422) for one
 * that has nothing left, is open, goes on in another case, or is brought again by a document.
 */
export async function reopenCase(context: Context, target: CaseTarget, reason: string): Promise<CaseView> {
  return onCase(context, target, {
    what: 'reopen case',
    act: async (tx, { head, row }) => {
      await mustBeReopenable(tx, row)
      await mustNotBeReshipped(tx, row)
      await takeOut(tx, context, { head, row, quantity: sizeOf(quantityOfCase(row)) })
      const undone = { found_outlet_id: null, stock_write_id: null, reship_id: null, no_photo_reason: null }
      await changeCase(tx, row.id, { ...undone, outcome: null, settled_by: null, settled_at: null })
      return { action: 'case.reopened', reason }
    },
  })
}

async function mustBeReopenable(tx: Db, row: CaseRow) {
  const { outcome, number } = row
  const why = await reasonNotTo(tx, row)
  if (why === undefined) return
  throw new Refusal('not_lawful', 'case_not_reopenable', `This case of ${number} is not reopened: ${why}`, { outcome })
}

async function reasonNotTo(tx: Db, row: CaseRow): Promise<string | undefined> {
  if (row.outcome === null) return 'it is open'
  if (quantityOfCase(row) === 0n) return 'a later count has explained it, and nothing is left'
  const sibling = await findOpenSibling(tx, row)
  return sibling === undefined ? undefined : `the rest of it is open as case ${sibling}; settle that one`
}
