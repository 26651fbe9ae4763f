import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

type Money = { amount: string; currency: string } | null

export type ToldReturn = {
  number: string
  statusLabel: string
  rma: string | null
  lines: readonly {
    sku: string | null
    productId: string
    quantity: string
    reason: string | null
    quarantined: string
  }[]
  creditExpected: Money
  credited: Money
  difference: Money
  credits: readonly { reference: string; amount: Money; at: string }[]
  noCreditReason: string | null
}

const columns: Column[] = [
  { title: 'Product', gives: true },
  { title: 'Goes back', align: 'right' },
  { title: 'Never in stock', align: 'right' },
  { title: 'Reason' },
]

/** What goes back, and what is given for it. */
export function returnLines(screen: Screen, one: ToldReturn): string {
  const rows = one.lines.map((line) => [
    oneLine(line.sku ?? line.productId),
    line.quantity,
    line.quarantined,
    line.reason ?? '',
  ])
  return [
    `${screen.paint('bold', one.number)} ${one.statusLabel}, RMA ${oneLine(one.rma ?? 'none')}`,
    table(screen, columns, rows),
    `Credit expected ${said(one.creditExpected)}, came ${said(one.credited)}, difference ${said(one.difference)}`,
    ...one.credits.map(({ reference, amount, at }) => `${at.slice(0, 10)} ${oneLine(reference)} ${said(amount)}`),
    ...(one.noCreditReason === null ? [] : [`No credit: ${oneLine(one.noCreditReason)}`]),
  ].join('\n')
}

function said(money: Money): string {
  return money === null ? '(hidden)' : `${money.amount} ${money.currency}`
}
