import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

export type Listed = {
  number: string
  type: string
  status: string
  statusLabel: string
  approval: string
  lightspeed: string
  outletId: string
  sourceOutletId: string | null
  supplierId: string | null
  outletName: string | null
  sourceOutletName: string | null
  supplierName: string | null
  reference: string | null
  note: string | null
  version: number
  createdAt: string
  totals: { lines: number; quantity: string; cost: Money }
}

type Money = { amount: string; currency: string } | null

type Relative = { number: string; type: string; status: string }

export type Whole = Listed & {
  lines: readonly {
    sku: string | null
    productId: string
    name: string | null
    quantity: string
    packed: string
    received: string | null
    unitCost: Money
    total: Money
  }[]
  parent: Relative | null
  children: readonly Relative[]
  allowed: readonly { act: string; to: string; label: string }[]
}

const listColumns: Column[] = [
  { title: 'Number' },
  { title: 'Type' },
  { title: 'Status' },
  { title: 'Approval' },
  { title: 'From', gives: true },
  { title: 'To', gives: true },
  { title: 'Lines', align: 'right' },
  { title: 'Cost', align: 'right' },
  { title: 'Made' },
  { title: 'Reference', gives: true },
]

const lineColumns: Column[] = [
  { title: 'SKU' },
  { title: 'Name', gives: true },
  { title: 'Planned', align: 'right' },
  { title: 'Packed', align: 'right' },
  { title: 'Received', align: 'right' },
  { title: 'Unit cost', align: 'right' },
  { title: 'Total', align: 'right' },
]

/** A list as a table. */
export function listLines(screen: Screen, documents: readonly Listed[]): string {
  const rows = documents.map((one) => [
    one.number,
    one.type,
    one.status,
    one.approval,
    ...endsOf(one),
    String(one.totals.lines),
    amountOf(one.totals.cost),
    one.createdAt.slice(0, 10),
    oneLine(one.reference ?? ''),
  ])
  return table(screen, listColumns, rows)
}

/** Where it comes from and goes to, by name. */
function endsOf(one: Listed): [string, string] {
  const outlet = one.outletName ?? one.outletId
  const supplier = one.supplierName ?? one.supplierId ?? ''
  if (one.type === 'SUPPLIER_RETURN') return [outlet, supplier]
  if (one.type === 'STOCKTAKE') return ['', outlet]
  return [one.type === 'OUTLET_TRANSFER' ? (one.sourceOutletName ?? one.sourceOutletId ?? '') : supplier, outlet]
}

/** One document: its head, its lines, and what may be done with it. */
export function wholeLines(screen: Screen, one: Whole): string {
  const lines = one.lines.map((line) => [
    line.sku ?? line.productId,
    oneLine(line.name ?? ''),
    line.quantity,
    line.packed,
    line.received ?? '',
    amountOf(line.unitCost),
    amountOf(line.total),
  ])
  return [
    `${screen.paint('bold', one.number)} ${one.statusLabel} (${one.type}, ${one.status}, version ${one.version})`,
    `Approval ${one.approval}, Lightspeed ${one.lightspeed}`,
    ...(one.supplierId === null ? [] : [`Supplier ${one.supplierName ?? one.supplierId}`]),
    ...(one.sourceOutletId === null ? [] : [`From ${one.sourceOutletName ?? one.sourceOutletId}`]),
    `Outlet ${one.outletName ?? one.outletId}`,
    ...(one.reference === null ? [] : [`Reference ${oneLine(one.reference)}`]),
    ...(one.note === null ? [] : [oneLine(one.note)]),
    ...(one.parent === null ? [] : [`Goes on from ${one.parent.number}`]),
    ...one.children.map(({ number, status }) => `Goes on in ${number} (${status})`),
    '',
    ...(lines.length === 0
      ? ['No lines yet.']
      : [table(screen, lineColumns, lines), `Total ${amountOf(one.totals.cost)}`]),
    '',
    mayBecome(one.allowed),
  ].join('\n')
}

/** What may be done now, in a sentence. */
export function mayBecome(allowed: Whole['allowed']): string {
  if (allowed.length === 0) return 'Nothing more can be done with it.'
  return `May become ${allowed.map(({ to, label }) => `${to} (${label})`).join(', ')}`
}

function amountOf(money: Money): string {
  return money === null ? '' : `${money.amount} ${money.currency}`
}
