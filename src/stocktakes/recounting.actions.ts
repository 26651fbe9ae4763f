import type { Context } from '../context.ts'
import { changeConsignment, type Head } from '../consignments/consignments.store.ts'
import { wrong } from '../consignments/drafting.rules.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { holdsFor } from '../consignments/permitting.ts'
import { statusLabel } from '../consignments/lifecycle.rules.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { onOurClock, plainQuantity } from './counting.rules.ts'
import { countOf } from './counts.actions.ts'
import {
  insertRecounts,
  listForeignLines,
  listOwnLines,
  listRecounts,
  saveRecounts,
  type Recounted,
  type RecountRow,
} from './recounting.store.ts'
import { mustBeCount } from './scoping.actions.ts'

/** Asks that odd lines be looked at again, by somebody who has not counted them. */
export async function askRecounts(
  context: Context,
  target: Target,
  { lineIds, reason }: { lineIds: readonly string[]; reason: string | undefined },
) {
  return withHead(context, target, {
    what: 'ask for recounts',
    right: 'stocktakes:review',
    act: async (tx, head) => {
      mustBeUnderReview(head)
      await mustBeLines(tx, head, lineIds)
      const about = { consignmentId: head.id, by: context.actor.id, reason: reason ?? null }
      const asked = await insertRecounts(tx, about, lineIds)
      const said = { action: 'stocktake.recounts_asked', before: null, after: { lineIds } }
      if (asked > 0) await note(tx, context, head.id, { ...said, reason })
    },
    answer: viewOf(context),
  })
}

/** What was asked to be looked at again; what others found is told to who reviews, and to nobody else. */
export async function readRecounts(context: Context, ref: string) {
  return viewOf(context)(context.database.db, await countOf(context, ref))
}

export type Found = { found: readonly Recounted[]; sentAt: Date | undefined; now: Date }

/** What a second look found: it replaces the count, and both are kept. Throws a Refusal (403) for who counted the line. */
export async function addRecounts(context: Context, target: Target, wish: Found) {
  const found = wish.found.map((one, place) => ({ ...one, at: timeOf(one, place, wish) }))
  return withHead(context, target, {
    what: 'recount',
    right: 'consignments:receive',
    act: async (tx, head) => {
      mustBeUnderReview(head)
      await recount(tx, context, head, found)
    },
    answer: viewOf(context),
  })
}

async function recount(tx: Db, context: Context, head: Head, found: readonly Recounted[]) {
  const lineIds = found.map(({ lineId }) => lineId)
  await mustBeLines(tx, head, lineIds)
  const [own] = await listOwnLines(tx, head.id, context.actor.id, lineIds)
  if (own !== undefined)
    throw new Refusal(
      'not_allowed',
      'recount_by_counter',
      `${context.actor.name} has counted the line ${own} already: somebody else looks a second time`,
      { lineId: own },
    )
  const about = { consignmentId: head.id, by: context.actor.id }
  const done = new Set(await saveRecounts(tx, about, found))
  const unasked = lineIds.findIndex((id) => !done.has(id))
  if (unasked >= 0) throw wrong(`counts.${unasked}.lineId`, 'nobody has asked for a second look at this line')
  await changeConsignment(tx, head.id, {})
  await note(tx, context, head.id, { action: 'stocktake.recounted', before: null, after: found })
}

async function mustBeLines(tx: Db, head: Head, lineIds: readonly string[]) {
  const again = lineIds.findIndex((id, at) => lineIds.indexOf(id) !== at)
  if (again >= 0) throw wrong(`lineIds.${again}`, 'it is named twice')
  const [foreign] = await listForeignLines(tx, head.id, lineIds)
  if (foreign !== undefined) throw wrong(`lineIds.${lineIds.indexOf(foreign)}`, `${head.number} has no line ${foreign}`)
}

function mustBeUnderReview(head: Head) {
  mustBeCount(head)
  if (head.status === 'RECEIVED') return
  const { number, type, status } = head
  throw new Refusal(
    'not_lawful',
    'count_not_under_review',
    `${number} is ${statusLabel(type, status).toLowerCase()} (${status}): this is for a count that is under review (RECEIVED)`,
    { status },
  )
}

function timeOf({ at }: Recounted, place: number, { sentAt, now }: Found): Date {
  const time = onOurClock(at, { sentAt, now })
  if ('at' in time) return time.at
  throw wrong(`counts.${place}.at`, time.wrong)
}

function viewOf({ actor }: Context) {
  return async (db: Db, head: Head) => {
    const { id, number, status, version } = head
    const seesAll = holdsFor(actor, 'stocktakes:review', head)
    const recounts = (await listRecounts(db, id)).map((row) => recountView(row, seesAll))
    return { id, number, status, version, recounts }
  }
}

function recountView({ askedAt, countedAt, quantity, ...row }: RecountRow, seesAll: boolean) {
  return {
    ...row,
    quantity: quantity === null || !seesAll ? null : plainQuantity(quantity),
    isDone: quantity !== null,
    askedAt: askedAt.toISOString(),
    countedAt: countedAt?.toISOString() ?? null,
  }
}
