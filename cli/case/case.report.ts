import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

export type Told = {
  id: string
  number: string
  sku: string | null
  productId: string
  name: string | null
  kind: string
  quantity: string
  openedQuantity: string
  value: { amount: string; currency: string } | null
  state: string
  owner: string | null
  ownerOutletId: string | null
  dueAt: string | null
  isOverdue: boolean
  outcome: string | null
  note: string | null
  openedAt: string
  settledBy: string | null
  settledAt: string | null
  version: number
}

const columns: Column[] = [
  { title: 'Case' },
  { title: 'Document' },
  { title: 'Product', gives: true },
  { title: 'Kind' },
  { title: 'Quantity', align: 'right' },
  { title: 'Owner' },
  { title: 'Due' },
  { title: 'Outcome' },
]

/** A list as a table; what is overdue says so. */
export function caseLines(screen: Screen, cases: readonly Told[]): string {
  const rows = cases.map((one) => [
    one.id,
    one.number,
    oneLine(one.sku ?? one.productId),
    one.kind,
    one.quantity,
    oneLine(one.owner ?? ''),
    dueOf(one),
    one.outcome ?? '',
  ])
  return table(screen, columns, rows)
}

/** One case in full. */
export function wholeCase(screen: Screen, one: Told): string {
  const value = one.value === null ? '' : `, ${one.value.amount} ${one.value.currency}`
  const changed = one.quantity === one.openedQuantity ? '' : ` (opened with ${one.openedQuantity})`
  return [
    `${screen.paint('bold', one.kind)} ${one.quantity}${changed}${value} of ${oneLine(one.name ?? one.productId)} in ${one.number}`,
    `Case ${one.id}, version ${one.version}`,
    `Owner ${one.owner ?? 'nobody'}${one.ownerOutletId === null ? '' : ` at ${one.ownerOutletId}`}`,
    `Due ${dueOf(one) || 'never'}`,
    one.outcome === null ? 'Open' : `Settled: ${one.outcome}, by ${one.settledBy ?? '?'} at ${one.settledAt ?? '?'}`,
    ...(one.note === null ? [] : [oneLine(one.note)]),
  ].join('\n')
}

function dueOf({ dueAt, isOverdue }: Told): string {
  return dueAt === null ? '' : `${dueAt.slice(0, 10)}${isOverdue ? ' overdue' : ''}`
}
