import { mustAt, type Context } from '../context.ts'
import { createDraft } from '../consignments/drafting.actions.ts'
import { lockConsignment } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import { takeStepTo } from '../consignments/transitions.actions.ts'
import type { Db } from '../db/database.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { quantityOf } from './counting.rules.ts'
import { isTimeForLists, localTime, pickDaily, type Candidate, type Pick } from './daily.rules.ts'
import {
  findDaily,
  keepPrices,
  listCandidates,
  listStaleDaily,
  lockDaily,
  saveDaily,
  type CandidateRow,
} from './daily.store.ts'
import { listDailyOutlets, listMade, type DailyOutlet } from './daily-outlets.store.ts'
import { readStockSeenAt } from './findings.store.ts'
import { unknownOutlet } from './outlets.ts'

type Due = { outlet: DailyOutlet; day: string }

/**
 * Makes the lists of all outlets where it is one in the night or later and none was made today. Done again it makes
 * nothing more. Answers how many were made.
 */
export async function makeDueLists(context: Context, { now, signal }: { now: Date; signal: AbortSignal }) {
  const { database } = context
  const due = await listDue(database.db, now)
  if (due.length === 0 || (await readStockSeenAt(database.db)) === null) return 0
  await inTransaction(database, ({ db: tx }) => keepPrices(tx))
  let made = 0
  for (const one of due) {
    if (signal.aborted) break
    if (await inTransaction(database, ({ db: tx }) => makeList(tx, context, { ...one, now }))) made += 1
  }
  return made
}

async function listDue(db: Db, now: Date): Promise<Due[]> {
  const outlets = (await listDailyOutlets(db)).filter(({ isOn }) => isOn)
  const there = outlets.map((outlet) => Object.assign({ outlet }, localTime(now, outlet.timeZone)))
  const timely = there.filter(({ hour }) => isTimeForLists(hour))
  const made = await listMade(db, [...new Set(timely.map(({ day }) => day))])
  return timely.filter(({ outlet, day }) => !made.has(`${outlet.id} ${day}`))
}

/** Today's list of an outlet, made now if it is not there; with `dryRun` what would be on it. Throws a Refusal (422). */
export async function makeListNow(context: Context, outletId: string, { now, dryRun }: { now: Date; dryRun: boolean }) {
  mustAt(context.actor, 'stocktakes:review', [outletId])
  const { database } = context
  const [outlet] = await listDailyOutlets(database.db, outletId)
  if (!outlet) throw unknownOutlet(outletId)
  const { day } = localTime(now, outlet.timeZone)
  const doing = dryRun ? rehearse : inTransaction
  return doing(database, async ({ db: tx }) => {
    const before = await findDaily(tx, outletId, day)
    if (!before) await keepPrices(tx)
    const picks = await makeList(tx, context, { outlet, day, now })
    const list = await findDaily(tx, outletId, day)
    if (!list) throw nothingToCount(outlet)
    const { id, number, status } = list
    const shown = picks?.map(({ productId, why }) => ({ productId, why })) ?? []
    return { dryRun, isNew: picks !== undefined, id, number, status, outletId, dailyOn: day, picks: shown }
  })
}

/**
 * Under a lock of the outlet. Lists of days before that nobody has begun are cancelled: what was flagged stays flagged.
 * Undefined where the list is there already, or where there is nothing to count.
 */
async function makeList(
  tx: Db,
  context: Context,
  { outlet, day, now }: Due & { now: Date },
): Promise<Pick[] | undefined> {
  await lockDaily(tx, outlet.id)
  if (await findDaily(tx, outlet.id, day)) return undefined
  for (const id of await listStaleDaily(tx, outlet.id, day)) await giveUp(tx, context, id)
  const seed = `${day} ${outlet.id}`
  const picks = pickDaily((await listCandidates(tx, outlet.id, seed)).map(candidateIn), outlet.products)
  if (picks.length === 0) return undefined
  const head = await createDraft(tx, context, draftOf(outlet, { day, picks }), now)
  await saveDaily(tx, { id: head.id, outletId: outlet.id, day, seed }, picks)
  await note(tx, context, head.id, { action: 'stocktake.listed', before: null, after: { day, seed, picks } })
  await takeStepTo(tx, context, head, { to: 'OPEN', reason: `The list of ${day}` })
  return picks
}

async function giveUp(tx: Db, context: Context, id: string) {
  const head = await lockConsignment(tx, { id })
  if (head?.status !== 'OPEN') return
  await takeStepTo(tx, context, head, { to: 'CANCELLED', reason: 'Nobody began it on its day' })
}

function draftOf({ id }: DailyOutlet, { day, picks }: { day: string; picks: readonly Pick[] }) {
  const nothingSaid = { quantity: '0', unitCost: null, packSize: null, supplierCode: null }
  return {
    type: 'STOCKTAKE' as const,
    outletId: id,
    sourceOutletId: null,
    supplierId: null,
    reference: `Daily list ${day}`,
    note: null,
    dueAt: null,
    lines: picks.map(({ productId }) => ({ productId, ...nothingSaid })),
  }
}

function candidateIn({ level, reorderPoint, unitCost, sold, ...rest }: CandidateRow): Candidate {
  return Object.assign(rest, {
    level: quantityOf(level),
    reorderPoint: quantityOf(reorderPoint),
    unitCost: quantityOf(unitCost),
    sold: quantityOf(sold),
  })
}

function nothingToCount({ name, id }: DailyOutlet): Refusal {
  return new Refusal(
    'not_lawful',
    'nothing_to_count',
    `${name ?? id} keeps nothing that could be counted now: sync the inventory, or finish the counts that are under way`,
    { outletId: id },
  )
}
