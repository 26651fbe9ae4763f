import { must, type Actor, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note, withHead } from '../consignments/locked.actions.ts'
import { Refusal } from '../kernel/refusal.ts'
import { caseView } from './case.view.ts'
import { knownCase, sightOf, type CaseView } from './cases.actions.ts'
import { changeCase, type CaseChange, type CaseRow } from './cases.store.ts'
import type { settlements } from './plan.rules.ts'

/** Which case, the versions that its editor may have seen, and whether it is only tried. */
export type CaseTarget = { id: string; ifMatch: readonly string[] | undefined; dryRun: boolean }

export type CaseEdit = {
  owner?: string | null | undefined
  ownerOutletId?: string | null | undefined
  dueAt?: Date | null | undefined
  note?: string | null | undefined
}

/** Says who sees to it, until when, and what there is to know. Throws a Refusal (422) for one that is settled. */
export async function editCase(context: Context, target: CaseTarget, wish: CaseEdit): Promise<CaseView> {
  return onCase(context, target, {
    what: 'edit case',
    act: async (tx, { head, row }) => {
      mustBeOpen(row)
      mustBeOfDocument(head, wish.ownerOutletId)
      const isPerson = typeof wish.owner === 'string' && !wish.owner.startsWith('role:')
      const outletId = isPerson ? null : wish.ownerOutletId
      const change: CaseChange = {
        ...(wish.owner === undefined ? {} : { owner: wish.owner }),
        ...(outletId === undefined ? {} : { owner_outlet_id: outletId }),
        ...(wish.dueAt === undefined ? {} : { due_at: wish.dueAt }),
        ...(wish.note === undefined ? {} : { note: wish.note }),
      }
      await changeCase(tx, row.id, change)
      return { action: 'case.edited' }
    },
  })
}

export type Settlement = { outcome: (typeof settlements)[number]; note: string | undefined }

/** Settles it, once: of two who do at the same time the second is told (422) how it was settled. */
export async function settleCase(context: Context, target: CaseTarget, wish: Settlement): Promise<CaseView> {
  return onCase(context, target, {
    what: `settle case as ${wish.outcome}`,
    act: async (tx, { row }) => {
      mustBeOpen(row)
      await changeCase(tx, row.id, {
        outcome: wish.outcome,
        settled_by: context.actor.id,
        settled_at: new Date(),
        ...(wish.note === undefined ? {} : { note: wish.note }),
      })
      return { action: 'case.settled', reason: wish.note }
    },
  })
}

/** Opens a settled one again, with the reason. Throws a Refusal (422) for one that has nothing left, or is open. */
export async function reopenCase(context: Context, target: CaseTarget, reason: string): Promise<CaseView> {
  return onCase(context, target, {
    what: 'reopen case',
    act: async (tx, { row }) => {
      mustBeReopenable(row)
      await changeCase(tx, row.id, { outcome: null, settled_by: null, settled_at: null })
      return { action: 'case.reopened', reason }
    },
  })
}

type Doing = {
  what: string
  act: (tx: Db, on: { head: Head; row: CaseRow }) => Promise<{ action: string; reason?: string | undefined }>
}

/** Under the lock of its document, like all that changes cases; the case is read after that. */
async function onCase(context: Context, { id, ifMatch, dryRun }: CaseTarget, { what, act }: Doing): Promise<CaseView> {
  const { actor, database } = context
  must(actor, 'cases:settle')
  const { consignment_id: ref } = await knownCase(database.db, id)
  const work = {
    what,
    right: 'cases:settle' as const,
    act: async (tx: Db, head: Head) => {
      const row = await knownCase(tx, id)
      const before = viewFor(actor, row)
      mustBeAsSeen(row, ifMatch, before)
      const done = await act(tx, { head, row })
      const after = viewFor(actor, await knownCase(tx, id))
      await note(tx, context, head.id, { ...done, before: partOf(before), after: partOf(after) })
    },
    answer: async (tx: Db) => viewFor(actor, await knownCase(tx, id)),
  }
  return withHead(context, { ref, ifMatch: undefined, dryRun }, work)
}

function viewFor(actor: Actor, row: CaseRow): CaseView {
  return caseView(row, sightOf(actor, row))
}

/** What people change of it. */
function partOf({ id, kind, quantity, owner, ownerOutletId, dueAt, outcome, note: said }: CaseView) {
  return { caseId: id, kind, quantity, owner, ownerOutletId, dueAt, outcome, note: said }
}

function mustBeAsSeen(row: CaseRow, ifMatch: readonly string[] | undefined, now: CaseView) {
  if (ifMatch === undefined || ifMatch.includes(String(row.version))) return
  throw new Refusal(
    'conflict',
    'version_conflict',
    `The case was changed meanwhile: you saw version ${ifMatch.join(' or ')}, now it is ${row.version}. Look again, and then do it.`,
    { yours: ifMatch, current: row.version, case: now },
  )
}

function mustBeOpen({ outcome, settled_by, number }: CaseRow) {
  if (outcome === null) return
  throw new Refusal(
    'not_lawful',
    'case_settled',
    `This case of ${number} was settled by ${settled_by ?? 'somebody'}: ${outcome}. Reopen it first, with the reason.`,
    { outcome, settledBy: settled_by },
  )
}

function mustBeReopenable({ outcome, quantity, number }: CaseRow) {
  if (outcome !== null && Number(quantity) !== 0) return
  const why = outcome === null ? 'it is open' : 'a later count has explained it, and nothing is left'
  throw new Refusal('not_lawful', 'case_not_reopenable', `This case of ${number} is not reopened: ${why}`, { outcome })
}

function mustBeOfDocument({ outlet_id, source_outlet_id, number }: Head, outletId: string | null | undefined) {
  if (outletId === undefined || outletId === null || outletId === outlet_id || outletId === source_outlet_id) return
  const issues = [{ field: 'ownerOutletId', message: `${outletId} has no part in ${number}` }]
  throw new Refusal('not_valid', 'case_not_valid', `ownerOutletId: ${outletId} has no part in ${number}`, { issues })
}
