import type { Context } from '../context.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import { headView } from '../consignments/view.ts'
import type { Db } from '../db/database.ts'
import { draftNext } from './going-on.actions.ts'
import { copyRest, listRest, settleDecided, type Rest } from './short-close.store.ts'
import { reconcileCases } from './reconciling.actions.ts'

/**
 * What follows from closing short, in the transaction that does: what is ordered on becomes one document of its own, what is
 * missing becomes cases, and those that are decided about are settled.
 */
export async function closeShort(tx: Db, context: Context, head: Head): Promise<void> {
  const rest = await listRest(tx, head.id)
  const next = rest.length === 0 ? undefined : await goOn(tx, context, head, rest)
  await reconcileCases(tx, context, head)
  const goesOnIn = next === undefined ? null : `It goes on in ${next.number}`
  await settleDecided(tx, head.id, { actor: context.actor.id, goesOnIn })
}

async function goOn(tx: Db, context: Context, from: Head, rest: readonly Rest[]): Promise<Head> {
  const next = await draftNext(tx, context, { from, isReship: false, fill: (made) => copyRest(tx, from.id, made.id) })
  const after = { ...headView(next), lines: rest, goesOnFrom: from.number }
  await note(tx, context, next.id, { action: 'consignment.created', before: null, after })
  const told = { id: next.id, number: next.number, lines: rest }
  await note(tx, context, from.id, { action: 'consignment.back_ordered', before: null, after: told })
  return next
}
