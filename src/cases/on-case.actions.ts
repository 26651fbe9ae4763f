import { must, type Actor, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note, withHead } from '../consignments/locked.actions.ts'
import { Refusal } from '../kernel/refusal.ts'
import { caseView } from './case.view.ts'
import { knownCase, sightOf, type CaseView } from './cases.actions.ts'
import type { CaseRow } from './cases.store.ts'

/** Which case, the versions that its editor may have seen, and whether it is only tried. */
export type CaseTarget = { id: string; ifMatch: readonly string[] | undefined; dryRun: boolean }

export type OnCase = { head: Head; row: CaseRow }

type Doing = {
  what: string
  act: (tx: Db, on: OnCase) => Promise<{ action: string; reason?: string | undefined }>
}

/** Under the lock of its document, like all that changes cases; the case is read after that. */
export async function onCase(
  context: Context,
  { id, ifMatch, dryRun }: CaseTarget,
  { what, act }: Doing,
): Promise<CaseView> {
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

/** Throws a Refusal (422) that says how it was settled. */
export function mustBeOpen({ outcome, settled_by, number }: CaseRow) {
  if (outcome === null) return
  throw new Refusal(
    'not_lawful',
    'case_settled',
    `This case of ${number} was settled by ${settled_by ?? 'somebody'}: ${outcome}. Reopen it first, with the reason.`,
    { outcome, settledBy: settled_by },
  )
}

function viewFor(actor: Actor, row: CaseRow): CaseView {
  return caseView(row, sightOf(actor, row))
}

/** What people change of it. */
function partOf({ id, kind, quantity, owner, ownerOutletId, dueAt, outcome, note: said, ...rest }: CaseView) {
  const { foundOutletId, stockWriteId, reshipId, noPhotoReason } = rest
  const led = { foundOutletId, stockWriteId, reshipId, noPhotoReason }
  return { caseId: id, kind, quantity, owner, ownerOutletId, dueAt, outcome, note: said, ...led }
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
