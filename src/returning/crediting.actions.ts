import type { Actor, Context } from '../context.ts'
import { changeConsignment, lockConsignment, type Head } from '../consignments/consignments.store.ts'
import { wrong } from '../consignments/drafting.rules.ts'
import { statusLabel, typeName, type Status } from '../consignments/lifecycle.rules.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { holdsFor } from '../consignments/permitting.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readReturn, saveCredit, saveNoCredit, settleCredited } from './credits.store.ts'
import { returnView } from './return.view.ts'
import type { ReturnReason } from './returnable.rules.ts'
import { saveReasons, saveRma } from './returns.store.ts'

export type ReturnView = ReturnType<typeof returnView>

/** What goes back and what is given for it. Throws a Refusal (422) for what is no return. */
export async function readReturnOf(context: Context, ref: string): Promise<ReturnView> {
  const head = await knownHead(context, ref)
  mustBeReturn(head)
  return viewOf(context.database.db, head, context.actor)
}

export type ReturnEdit = {
  rma?: string | null | undefined
  lines?: readonly { lineId: string; reason: ReturnReason }[] | undefined
}

/** The supplier's number for it, and why lines go back; until it is credited. */
export async function editReturn(context: Context, target: Target, { rma, lines = [] }: ReturnEdit) {
  return onReturn(context, target, {
    what: 'edit the return',
    right: 'consignments:edit',
    during: ['DRAFT', 'OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVED'],
    act: async (tx, head) => {
      await mustHaveLines(tx, head, lines)
      if (rma !== undefined) await saveRma(tx, head.id, rma)
      await saveReasons(tx, lines)
    },
  })
}

export type CreditNote = { amount: string; reference: string; at: Date }

/** Keeps a credit note of the supplier's. The same reference again corrects it; several add up. */
export async function creditReturn(context: Context, target: Target, given: CreditNote): Promise<ReturnView> {
  return onReturn(context, target, {
    what: 'credit the return',
    right: 'consignments:close',
    during: ['SENT', 'RECEIVED', 'CLOSED'],
    act: (tx, head) => saveCredit(tx, head.id, { ...given, actor: context.actor.id }),
  })
}

/** The supplier gives nothing, and why. */
export async function refuseCredit(context: Context, target: Target, reason: string): Promise<ReturnView> {
  return onReturn(context, target, {
    what: 'do without a credit',
    right: 'consignments:close',
    during: ['SENT', 'RECEIVED'],
    act: (tx, head) => saveNoCredit(tx, head.id, { reason, actor: context.actor.id }),
  })
}

/** A return that is credited settles the cases that its goods came from; their document is locked after it. */
export async function settleReturned(tx: Db, context: Context, head: Head): Promise<void> {
  const { credits, lines } = await readReturn(tx, head.id)
  if (head.parent_id === null || credits.length === 0 || lines.every((line) => line.case_id === null)) return
  await lockConsignment(tx, { id: head.parent_id })
  const words = `Credited by ${credits.map(({ reference }) => reference).join(', ')} (${head.number})`
  const settled = await settleCredited(tx, head.id, { actor: context.actor.id, note: words })
  const after = { cases: settled, outcome: 'credit', return: head.number }
  if (settled.length > 0)
    await note(tx, context, head.parent_id, { action: 'consignment.cases_credited', before: null, after })
}

type Doing = {
  what: string
  right: 'consignments:edit' | 'consignments:close'
  during: readonly Status[]
  act: (tx: Db, head: Head) => Promise<void>
}

async function onReturn(context: Context, target: Target, { what, right, during, act }: Doing): Promise<ReturnView> {
  return withHead(context, target, {
    what,
    right,
    act: async (tx, head) => {
      mustBeReturn(head)
      mustBeIn(head, during, what)
      const before = returnView(head, await readReturn(tx, head.id), { seesCosts: true })
      await act(tx, head)
      const changed = await changeConsignment(tx, head.id, {})
      const after = returnView(changed, await readReturn(tx, head.id), { seesCosts: true })
      await note(tx, context, head.id, {
        action: 'consignment.return_changed',
        before: partOf(before),
        after: partOf(after),
      })
    },
    answer: (tx, head) => viewOf(tx, head, context.actor),
  })
}

async function viewOf(db: Db, head: Head, actor: Actor): Promise<ReturnView> {
  return returnView(head, await readReturn(db, head.id), { seesCosts: holdsFor(actor, 'costs:read', head) })
}

function partOf({ rma, lines, credits, noCreditReason }: ReturnView) {
  return { rma, noCreditReason, credits, reasons: lines.map(({ lineId, reason }) => ({ lineId, reason })) }
}

function mustBeReturn({ type, number }: Head) {
  if (type === 'SUPPLIER_RETURN') return
  throw new Refusal('not_lawful', 'return_not_lawful', `${number} is a ${typeName(type)}, and no return`, { type })
}

function mustBeIn({ type, status, number }: Head, during: readonly Status[], what: string) {
  if (during.includes(status)) return
  const message = `${number} is ${statusLabel(type, status).toLowerCase()} (${status}); to ${what}, it must be ${during.join(' or ')}`
  throw new Refusal('not_lawful', 'return_not_lawful', message, { status, during })
}

async function mustHaveLines(tx: Db, head: Head, wanted: readonly { lineId: string }[]) {
  const { lines } = await readReturn(tx, head.id)
  const stranger = wanted.findIndex(({ lineId }) => !lines.some(({ id }) => id === lineId))
  if (stranger >= 0) throw wrong(`lines.${stranger}.lineId`, `${head.number} has no such line`)
}
