import type { Context } from '../context.ts'
import { changeConsignment, type Head } from '../consignments/consignments.store.ts'
import { wrong } from '../consignments/drafting.rules.ts'
import { mustEdit } from '../consignments/editing.rules.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import type { Db } from '../db/database.ts'
import { readProgress } from './counts.store.ts'
import { listUncountedIds, saveDecisions, type Decision } from './deciding.store.ts'
import { mustBeCount } from './scoping.actions.ts'

/** `lineIds` undefined: every line that nobody has counted and nobody has decided about. */
export type Deciding = { decision: Decision; lineIds: readonly string[] | undefined; reason: string }

/**
 * A person says what becomes of lines that nobody counted: they stay as they are, or there is none. Nothing is ever zero
 * because nobody looked. Throws a Refusal (422) for a line that was counted.
 */
export async function decideUncounted(context: Context, target: Target, deciding: Deciding) {
  return withHead(context, target, {
    what: `decide about uncounted lines: ${deciding.decision}`,
    right: 'stocktakes:review',
    act: async (tx, head) => {
      mustBeCount(head)
      mustEdit(head, 'received')
      return decide(tx, context, head, deciding)
    },
    answer: async (tx, { id, number, status, version }, decided) => ({
      id,
      number,
      status,
      version,
      decided,
      progress: await readProgress(tx, id),
    }),
  })
}

async function decide(tx: Db, context: Context, head: Head, { decision, lineIds, reason }: Deciding): Promise<number> {
  const open = await listUncountedIds(tx, head.id, lineIds)
  const counted = lineIds?.findIndex((id) => !open.includes(id)) ?? -1
  if (counted >= 0) throw wrong(`lineIds.${counted}`, 'it was counted, or is no line of this document')
  if (open.length === 0) return 0
  await saveDecisions(tx, open, { decision, reason, by: context.actor.id })
  await changeConsignment(tx, head.id, {})
  const after = { decision, lines: open.length, lineIds: open.slice(0, 100) }
  await note(tx, context, head.id, { action: 'stocktake.decided', before: null, after, reason })
  return open.length
}
