import type { Context } from '../context.ts'
import { findCase } from '../cases/cases.store.ts'
import { listPlaces } from '../consignments/catalogue.store.ts'
import { insertConsignment, nextSequence, type Head } from '../consignments/consignments.store.ts'
import { firstApproval, wrong } from '../consignments/drafting.rules.ts'
import { statusLabel, typeName, type Status } from '../consignments/lifecycle.rules.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { documentNumber, monthOf } from '../consignments/number.rules.ts'
import { wholeView, type ConsignmentView } from '../consignments/reading.actions.ts'
import { headView } from '../consignments/view.ts'
import type { Db } from '../db/database.ts'
import type { Quantity } from '../kernel/quantity.ts'
import { Refusal } from '../kernel/refusal.ts'
import { allot, reasonOfKind, type ReturnReason } from './returnable.rules.ts'
import {
  insertReturnLines,
  listReceiptLines,
  plain,
  saveRma,
  scaled,
  type ReceiptLine,
  type ReturnLine,
} from './returns.store.ts'

/** A line of the receipt, or a case of it, which says how much and why unless that is given. */
type WishedLine = {
  lineId?: string | undefined
  caseId?: string | undefined
  quantity?: Quantity | undefined
  reason?: ReturnReason | undefined
}

export type Return = { lines: readonly WishedLine[]; rma: string | null; note: string | null }

/**
 * Makes a return of what came with an order: a draft at the costs of the order, within what came and has not gone back. Two
 * at once take turns at the receipt. Throws a Refusal (422) that names the field.
 */
export async function returnGoods(context: Context, target: Target, wish: Return): Promise<ConsignmentView> {
  return withHead(context, target, {
    what: 'return goods',
    right: 'consignments:edit',
    act: (tx, head) => returnLocked(tx, context, head, wish),
    answer: (tx, _, made) => wholeView(tx, made, context.actor),
  })
}

async function returnLocked(tx: Db, context: Context, receipt: Head, wish: Return): Promise<Head> {
  mustBeReceipt(receipt)
  const lines = await allotted(tx, receipt, wish.lines)
  const made = await makeReturn(tx, context, receipt, wish.note)
  await insertReturnLines(tx, made.id, lines)
  await saveRma(tx, made.id, wish.rma)
  const said = lines.map(sayLine)
  const after = { ...headView(made), rma: wish.rma, lines: said, returnsFrom: receipt.number }
  await note(tx, context, made.id, { action: 'consignment.created', before: null, after })
  const told = { id: made.id, number: made.number, lines: said }
  await note(tx, context, receipt.id, { action: 'consignment.return_drafted', before: null, after: told })
  return made
}

function sayLine({ sourceLineId, caseId, reason, quantity, quarantined }: ReturnLine) {
  return { sourceLineId, caseId, reason, quantity: plain(quantity), quarantined: plain(quarantined) }
}

async function makeReturn(tx: Db, context: Context, receipt: Head, words: string | null): Promise<Head> {
  const [place] = await listPlaces(tx, [receipt.outlet_id])
  const type = 'SUPPLIER_RETURN'
  const month = monthOf(new Date(), place?.timeZone ?? '')
  return insertConsignment(tx, {
    number: documentNumber({ type, month, sequence: await nextSequence(tx, type, month) }),
    type,
    approval: firstApproval(type),
    outletId: receipt.outlet_id,
    sourceOutletId: null,
    supplierId: receipt.supplier_id,
    reference: null,
    note: words,
    dueAt: null,
    currency: receipt.currency,
    createdBy: context.actor.id,
    parentId: receipt.id,
  })
}

async function allotted(tx: Db, receipt: Head, wishes: readonly WishedLine[]): Promise<ReturnLine[]> {
  const known = await listReceiptLines(tx, receipt.id, null)
  const lines: ReturnLine[] = []
  for (const [at, wish] of wishes.entries()) {
    const { source, caseId, quantity, reason } = await readWish(tx, known, wish, `lines.${at}`)
    if (lines.some(({ sourceLineId }) => sourceLineId === source.lineId))
      throw wrong(`lines.${at}.lineId`, `${source.lineId} is named twice`)
    const part = allot(source, { quantity, reason })
    if ('wrong' in part) throw wrong(`lines.${at}.quantity`, part.wrong)
    lines.push({ sourceLineId: source.lineId, caseId, quantity, reason, quarantined: part.quarantined })
  }
  return lines
}

type Read = { source: ReceiptLine; caseId: string | null; quantity: Quantity; reason: ReturnReason }

async function readWish(tx: Db, known: readonly ReceiptLine[], wish: WishedLine, field: string): Promise<Read> {
  const about = wish.caseId === undefined ? undefined : await findCase(tx, wish.caseId)
  if (wish.caseId !== undefined && !about) throw wrong(`${field}.caseId`, `there is no case ${wish.caseId}`)
  const lineId = wish.lineId ?? about?.line_id
  const source = known.find((line) => line.lineId === lineId)
  const name = wish.lineId === undefined ? 'caseId' : 'lineId'
  if (!source) throw wrong(`${field}.${name}`, 'is no line of this receipt')
  if (about && about.line_id !== source.lineId) throw wrong(`${field}.caseId`, 'is about another line')
  const quantity = wish.quantity ?? (about && sizeOf(scaled(about.quantity)))
  if (quantity === undefined || quantity === 0n) throw wrong(`${field}.quantity`, 'say how many go back')
  const reason = wish.reason ?? (about && reasonOfKind(about.kind))
  if (reason === undefined) throw wrong(`${field}.reason`, 'say why it goes back')
  return { source, caseId: about?.id ?? null, quantity, reason }
}

function sizeOf(quantity: Quantity): Quantity {
  return quantity < 0n ? -quantity : quantity
}

const received: ReadonlySet<Status> = new Set(['PARTIAL', 'RECEIVED', 'CLOSED', 'ARCHIVED'])

function mustBeReceipt({ type, status, number }: Head) {
  if (type === 'PURCHASE_ORDER' && received.has(status)) return
  const why = `it is a ${typeName(type)}, ${statusLabel(type, status).toLowerCase()} (${status}); goods go back of an order that was received`
  throw new Refusal('not_lawful', 'return_not_lawful', `${number}: ${why}`, { type, status })
}
