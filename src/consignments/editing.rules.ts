import { Refusal } from '../kernel/refusal.ts'
import { statusLabel, typeName, type Status, type Type } from './lifecycle.rules.ts'
import { rankOf } from './transition.rules.ts'

/** What can be edited in a document, one by one. */
export type Part =
  /** Outlets and supplier: whom the approval was about. */
  | 'parties'
  /** Reference, note, day due. */
  | 'header'
  /** A product more, with a quantity that is planned. */
  | 'add_line'
  /** Quantity, cost, pack of a line; set to 0 is how a line goes after approval. */
  | 'change_line'
  /** Taking a line away without a trace. */
  | 'remove_line'
  /** A product that nobody ordered, with nothing planned. */
  | 'add_unexpected'
  /** What has been put into boxes. */
  | 'packed'
  /** What has arrived, or was counted. */
  | 'received'

/** Whether a part of a document can be edited in a status, whatever rights somebody has. */
export function mayEdit({ type, status }: Pick<Placed, 'type' | 'status'>, part: Part): boolean {
  return editable[part](type, status)
}

export type Placed = { type: Type; status: Status; number: string }

/** Throws a Refusal (422) that says why this part is locked, and what is open. */
export function mustEdit(document: Placed, part: Part) {
  if (mayEdit(document, part)) return
  const open = parts.filter((one) => mayEdit(document, one))
  const { type, status, number } = document
  throw new Refusal(
    'not_lawful',
    'edit_not_lawful',
    `${number} is ${statusLabel(type, status).toLowerCase()} (${status}): ${reasons[part]}`,
    { status, part, editable: open, type: typeName(type) },
  )
}

const before = (status: Status) => (_: Type, now: Status) => now !== 'CANCELLED' && rankOf(now) < rankOf(status)
const during =
  (...ones: Status[]) =>
  (_: Type, now: Status) =>
    ones.includes(now)

/** Lines are amended until the goods leave; a sent purchase order is too, with a revision that the supplier gets. */
function mayAmend(type: Type, status: Status): boolean {
  if (type === 'STOCKTAKE') return before('RECEIVING')(type, status)
  return before('PACKAGED')(type, status) || (type === 'PURCHASE_ORDER' && status === 'SENT')
}

const editable: Record<Part, (type: Type, status: Status) => boolean> = {
  parties: during('DRAFT'),
  header: before('SENT'),
  add_line: mayAmend,
  change_line: mayAmend,
  remove_line: during('DRAFT'),
  add_unexpected: (type, status) =>
    type !== 'SUPPLIER_RETURN' && during('RECEIVING', 'PARTIAL', 'RECEIVED')(type, status),
  packed: during('PACKING'),
  received: (type, status) => type !== 'SUPPLIER_RETURN' && during('RECEIVING', 'PARTIAL', 'RECEIVED')(type, status),
}

/** In the order of the papers. */
export const parts: readonly Part[] = [
  'parties',
  'header',
  'add_line',
  'change_line',
  'remove_line',
  'add_unexpected',
  'packed',
  'received',
]

const reasons: Record<Part, string> = {
  parties: 'outlets and supplier are fixed once it is open; take it back to draft first',
  header: 'the header is locked from SENT on',
  add_line: 'no line can be planned any more',
  change_line: 'the planned lines cannot be changed any more',
  remove_line: 'a line that was approved is never removed; set its quantity to 0',
  add_unexpected: 'products that nobody ordered are added while it is being received, and until it is closed',
  packed: 'only while it is being packed',
  received: 'counts are taken while it is being received, and amended until it is closed',
}
