import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { lockConsignment, type Head } from './consignments.store.ts'
import { mustEdit } from './editing.rules.ts'
import { amended } from './lines.actions.ts'
import { mustNotWait, note, noteIfUnlawful, pushedIfChanged } from './locked.actions.ts'
import { listPlannedOf, moveLines, tooManyOf } from './merging.store.ts'
import { mustFor } from './permitting.ts'
import { knownHead, unknownConsignment, wholeView } from './reading.actions.ts'
import { beforeAmending } from './revising.ts'
import { followStepTo } from './transitions.actions.ts'

type Merging = { ref: string; into: string; reason: string | undefined; dryRun: boolean }

/**
 * Takes the lines of a draft over into another order to the same supplier and outlet, and cancels the draft: what somebody does
 * who is told that he orders the same again. Quantities of the same product add up at the cost that stands there. Answers the order
 * that has them now. Throws a Refusal (422) when the two do not fit.
 */
export async function mergeOrder(context: Context, { ref, into, reason, dryRun }: Merging) {
  const [draft, order] = [await knownHead(context, ref), await knownHead(context, into)]
  try {
    return await (dryRun ? rehearse : inTransaction)(context.database, async ({ db: tx }) => {
      const [from, to] = await lockBoth(tx, draft.id, order.id)
      for (const head of [from, to]) mustFor(context.actor, 'consignments:edit', head)
      mustFit(from, to)
      await takeOver(tx, context, { from, to, reason: reason ?? `${from.number} was merged into it` })
      await pushedIfChanged(tx, context, from)
      return wholeView(tx, await pushedIfChanged(tx, context, to), context.actor)
    })
  } catch (error) {
    if (!dryRun) await noteIfUnlawful(context, draft.id, `merge into ${order.number}`, error)
    throw error
  }
}

/** In the order of their ids, as everyone does who locks more than one. */
async function lockBoth(tx: Db, one: string, other: string): Promise<[Head, Head]> {
  const heads = new Map<string, Head>()
  for (const id of [one, other].toSorted()) {
    const head = await lockConsignment(tx, { id })
    if (head) heads.set(id, head)
  }
  const [from, to] = [heads.get(one), heads.get(other)]
  if (!from || !to) throw unknownConsignment(from ? other : one)
  return [from, to]
}

function mustFit(from: Head, to: Head) {
  const isSame = (field: 'type' | 'supplier_id' | 'outlet_id') => from[field] === to[field]
  if (from.id === to.id) throw notFitting('name another order than itself')
  if (from.type !== 'PURCHASE_ORDER' || !isSame('type')) throw notFitting('only orders are merged')
  if (!isSame('supplier_id') || !isSame('outlet_id'))
    throw notFitting(`${to.number} goes to another supplier or outlet than ${from.number}`)
}

type Both = { from: Head; to: Head; reason: string }

async function takeOver(tx: Db, context: Context, { from, to, reason }: Both) {
  if (from.status !== 'DRAFT') mustEdit(from, 'parties')
  for (const head of [from, to]) mustNotWait(context, head)
  for (const part of ['add_line', 'change_line'] as const) mustEdit(to, part)
  const [tooMany] = await tooManyOf(tx, from.id, to.id)
  if (tooMany !== undefined) throw notFitting(`together a million of ${tooMany} and more would be ordered`)
  const was = await beforeAmending(tx, to)
  const before = await listPlannedOf(tx, to.id, from.id)
  await moveLines(tx, from.id, to.id)
  const after = await listPlannedOf(tx, to.id, from.id)
  await amended(tx, context, was, { action: 'consignment.lines_merged', before, after, reason })
  await followStepTo(tx, context, from, { to: 'CANCELLED', reason: `Merged into ${to.number}` })
  const merged = { into: to.number }
  await note(tx, context, from.id, { action: 'consignment.merged', before: null, after: merged })
}

function notFitting(message: string): Refusal {
  const issues = [{ field: 'into', message }]
  return new Refusal('not_valid', 'merge_not_fitting', `into: ${message}`, { issues })
}
