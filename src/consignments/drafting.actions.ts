import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { hasSupplier, listPlaces, type Place } from './catalogue.store.ts'
import { changeConsignment, insertConsignment, nextSequence, type Head } from './consignments.store.ts'
import { firstApproval, mustFit, mustNotRepeat, wrong, type Parties } from './drafting.rules.ts'
import { listSimilar, type Similar } from './duplicates.store.ts'
import { mustEdit } from './editing.rules.ts'
import { mustKnowProducts } from './lines.actions.ts'
import { insertLines, type NewLine } from './lines.store.ts'
import { mustNotWait, note, withLocked, type Target } from './locked.actions.ts'
import { approvalNow } from './needing.ts'
import { documentNumber, monthOf } from './number.rules.ts'
import { mustFor } from './permitting.ts'
import { beforeAmending, mustSayWhy, revise } from './revising.ts'
import { mustNotBeAsked } from '../requesting/waiting.actions.ts'
import { wholeView, type ConsignmentView } from './reading.actions.ts'
import { headView } from './view.ts'

export type Draft = Parties & {
  reference: string | null
  note: string | null
  dueAt: Date | null
  lines: readonly NewLine[]
}

/**
 * Makes a draft with its number, or with `dryRun` only shows what it would be; `similar` names orders that it may repeat,
 * which hinders nothing. Throws a Refusal (422) that names the field.
 */
export async function createConsignment(
  context: Context,
  draft: Draft,
  { now, dryRun }: { now: Date; dryRun: boolean },
): Promise<ConsignmentView & { similar: Similar[] }> {
  const { database, actor } = context
  must(actor, 'consignments:edit')
  const doing = dryRun ? rehearse : inTransaction
  return doing(database, async ({ db: tx }) => {
    const head = await createDraft(tx, context, draft, now)
    const similar = await listSimilar(tx, head)
    return { ...(await wholeView(tx, head, actor)), similar }
  })
}

/** The same within a transaction that makes more of them. */
export async function createDraft(tx: Db, context: Context, draft: Draft, now: Date): Promise<Head> {
  mustFit(draft)
  mustFor(context.actor, 'consignments:edit', placed(draft))
  mustNotRepeat(draft.lines.map(({ productId }) => productId))
  const { type, outletId, sourceOutletId, supplierId } = draft
  const place = await knownPlace(tx, draft)
  await mustKnowProducts(tx, type, draft.lines)
  const month = monthOf(now, place.timeZone)
  const number = documentNumber({ type, month, sequence: await nextSequence(tx, type, month) })
  const { reference, note: words, dueAt } = draft
  const head = await insertConsignment(tx, {
    number,
    type,
    outletId,
    sourceOutletId,
    supplierId,
    reference,
    dueAt,
    note: words,
    approval: firstApproval(type),
    currency: place.currency ?? usualCurrency,
    createdBy: context.actor.id,
  })
  await insertLines(tx, head, draft.lines)
  const approval = await approvalNow(tx, head)
  const made = approval === head.approval ? head : await changeConsignment(tx, head.id, { approval })
  const after = { ...headView(made), lines: draft.lines }
  await note(tx, context, head.id, { action: 'consignment.created', before: null, after })
  return made
}

/** Of outlets that do not name theirs. */
const usualCurrency = 'NZD'

export type HeaderChange = {
  outletId?: string | undefined
  sourceOutletId?: string | null | undefined
  supplierId?: string | null | undefined
  reference?: string | null | undefined
  note?: string | null | undefined
  dueAt?: Date | null | undefined
  /** Why, for the revision of what is open already. */
  reason?: string | undefined
}

/** Changes what is above the lines. Throws a Refusal (422) for what is locked, (409) when somebody else was quicker. */
export async function editHeader(
  context: Context,
  target: Target,
  { reason, ...change }: HeaderChange,
): Promise<ConsignmentView> {
  return withLocked(context, target, {
    what: 'edit',
    right: 'consignments:edit',
    act: async (tx, head) => {
      mustNotWait(context, head)
      await mustNotBeAsked(tx, head)
      mustSayWhy(head, reason)
      const was = await beforeAmending(tx, head)
      if (movesElsewhere(change)) await moveElsewhere(tx, context, head, change)
      else mustEdit(head, 'header')
      const after = await changeConsignment(tx, head.id, {
        ...(change.outletId === undefined ? {} : { outlet_id: change.outletId }),
        ...(change.sourceOutletId === undefined ? {} : { source_outlet_id: change.sourceOutletId }),
        ...(change.supplierId === undefined ? {} : { supplier_id: change.supplierId }),
        ...(change.reference === undefined ? {} : { reference: change.reference }),
        ...(change.note === undefined ? {} : { note: change.note }),
        ...(change.dueAt === undefined ? {} : { due_at: change.dueAt }),
      })
      const what = { action: 'consignment.edited', before: headView(head), after: headView(after), reason }
      await note(tx, context, head.id, what)
      await revise(tx, context, was, what)
    },
  })
}

function movesElsewhere({ outletId, sourceOutletId, supplierId }: HeaderChange): boolean {
  return [outletId, sourceOutletId, supplierId].some((party) => party !== undefined)
}

async function moveElsewhere(tx: Db, { actor }: Context, head: Head, change: HeaderChange) {
  mustEdit(head, 'parties')
  const parties = {
    type: head.type,
    outletId: change.outletId ?? head.outlet_id,
    sourceOutletId: change.sourceOutletId === undefined ? head.source_outlet_id : change.sourceOutletId,
    supplierId: change.supplierId === undefined ? head.supplier_id : change.supplierId,
  }
  mustFit(parties)
  mustFor(actor, 'consignments:edit', placed(parties))
  await knownPlace(tx, parties)
}

function placed({ outletId, sourceOutletId }: Omit<Parties, 'type'>) {
  return { outlet_id: outletId, source_outlet_id: sourceOutletId }
}

/** Throws a Refusal (422) for an outlet or a supplier that the mirror does not hold; answers the outlet. */
async function knownPlace(tx: Db, { outletId, sourceOutletId, supplierId }: Omit<Parties, 'type'>): Promise<Place> {
  const wanted = [outletId, ...(sourceOutletId === null ? [] : [sourceOutletId])]
  const places = await listPlaces(tx, wanted)
  const place = places.find(({ id }) => id === outletId)
  if (!place) throw wrong('outletId', `there is no outlet ${outletId} in the mirror`)
  if (sourceOutletId !== null && !places.some(({ id }) => id === sourceOutletId))
    throw wrong('sourceOutletId', `there is no outlet ${sourceOutletId} in the mirror`)
  if (supplierId !== null && !(await hasSupplier(tx, supplierId)))
    throw wrong('supplierId', `there is no supplier ${supplierId} in the mirror`)
  return place
}
