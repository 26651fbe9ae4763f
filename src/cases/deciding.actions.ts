import type { Context } from '../context.ts'
import { changeConsignment, type Head } from '../consignments/consignments.store.ts'
import { wrong } from '../consignments/drafting.rules.ts'
import { statusLabel } from '../consignments/lifecycle.rules.ts'
import { note, withLocked, type Target } from '../consignments/locked.actions.ts'
import type { ConsignmentView } from '../consignments/reading.actions.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { LineDecision } from './deciding.rules.ts'
import { listOwed, saveDecisions } from './deciding.store.ts'

export type Deciding = {
  decisions: readonly { lineId: string; decision: LineDecision | null }[]
  /** For every line that is owed and not named. */
  others: LineDecision | undefined
}

/**
 * Says about lines that are still owed what becomes of them when the document is closed short; null takes it back. Throws a
 * Refusal (422) that names the field for a line that is not owed, and for a document that does not wait for the rest.
 */
export async function decideLines(context: Context, target: Target, wish: Deciding): Promise<ConsignmentView> {
  return withLocked(context, target, {
    what: 'decide about what is owed',
    right: 'consignments:close',
    act: (tx, head) => decide(tx, context, head, wish),
  })
}

async function decide(tx: Db, context: Context, head: Head, { decisions, others }: Deciding) {
  mustWait(head)
  const owed = await listOwed(tx, head)
  mustBeOwed(
    decisions,
    owed.map(({ id }) => id),
  )
  const named = new Map(decisions.map(({ lineId, decision }) => [lineId, decision]))
  const wanted = owed.map(({ id, decision }) => ({
    id,
    before: decision,
    decision: named.has(id) ? (named.get(id) ?? null) : (others ?? decision),
  }))
  const changed = wanted.filter(({ before, decision }) => before !== decision)
  if (changed.length === 0) return
  await saveDecisions(tx, changed)
  await changeConsignment(tx, head.id, {})
  await note(tx, context, head.id, {
    action: 'consignment.lines_decided',
    before: changed.map(({ id: lineId, before: decision }) => ({ lineId, decision })),
    after: changed.map(({ id: lineId, decision }) => ({ lineId, decision })),
  })
}

function mustWait({ type, status, number }: Head) {
  if (status === 'PARTIAL') return
  throw new Refusal(
    'not_lawful',
    'decision_not_lawful',
    `${number} is ${statusLabel(type, status).toLowerCase()} (${status}): what is owed is decided about while it waits for the rest (PARTIAL)`,
    { status },
  )
}

function mustBeOwed(decisions: Deciding['decisions'], owed: readonly string[]) {
  for (const [at, { lineId }] of decisions.entries()) {
    const field = `decisions.${at}.lineId`
    if (!owed.includes(lineId)) throw wrong(field, `nothing is owed of a line ${lineId}`)
    if (decisions.findIndex((one) => one.lineId === lineId) !== at) throw wrong(field, `${lineId} is named twice`)
  }
}
