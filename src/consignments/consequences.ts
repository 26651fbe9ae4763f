import { reconcileCases } from '../cases/reconciling.actions.ts'
import { closeShort } from '../cases/short-close.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { settleDelivery } from '../receiving/settling.actions.ts'
import { noteMissingEvidence } from '../evidence/asking.actions.ts'
import { followRequest } from '../requesting/following.actions.ts'
import { settleReturned } from '../returning/crediting.actions.ts'
import { withdrawAsked } from './approving.store.ts'
import type { Head } from './consignments.store.ts'
import type { Step } from './lifecycle.rules.ts'
import { followPacking } from '../packing/following.actions.ts'
import { followCount } from '../stocktakes/following.actions.ts'

/** `accepted`: the warnings that somebody passed; undefined where nobody was there to be asked, as by the clock. */
export type Taken = { step: Step; before: Head; after: Head; accepted: readonly string[] | undefined }

/** What follows from a step wherever it is taken, in the transaction that takes it: each room's own, in this order. */
export const consequences: readonly ((tx: Db, context: Context, taken: Taken) => Promise<void>)[] = [
  withdrawApproval,
  followRequest,
  followPacking,
  settleDelivery,
  followCount,
  openCases,
  missEvidence,
  settleReturn,
]

/** What is short, over or damaged is somebody's to settle as soon as the counts stand. */
async function openCases(tx: Db, context: Context, { step, after }: Taken) {
  if (step.act === 'close_short') await closeShort(tx, context, after)
  else if (step.act === 'pause' || step.act === 'complete') await reconcileCases(tx, context, after)
}

/** Goods that came without a photo or signature that was asked for are taken in all the same. */
async function missEvidence(tx: Db, context: Context, { step, before }: Taken) {
  if (step.act === 'pause' || step.act === 'complete') await noteMissingEvidence(tx, context, before)
}

/** What the supplier has credited is settled. */
async function settleReturn(tx: Db, context: Context, { step, after }: Taken) {
  if (step.type === 'SUPPLIER_RETURN' && step.act === 'close') await settleReturned(tx, context, after)
}

/** Nobody decides about what is cancelled. */
async function withdrawApproval(tx: Db, { actor }: Context, { step, before }: Taken) {
  if (step.act === 'cancel' && before.approval === 'pending') await withdrawAsked(tx, before.id, actor.id)
}
