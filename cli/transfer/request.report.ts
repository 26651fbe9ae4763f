import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

type Listed = {
  number: string
  state: string
  outletId: string
  sourceOutletId: string
  asked: string
  askedBy: string
  askedAt: string
  note: string | null
  answeredBy: string | null
  reason: string | null
}

export type ToldRequest = Listed & {
  status: string
  lines: readonly {
    sku: string | null
    productId: string
    name: string | null
    asked: string
    agreed: string | null
    reason: string | null
    onHand: string | null
    available: string
    inTransit: string
    short: string
  }[]
}

const listColumns: Column[] = [
  { title: 'Transfer' },
  { title: 'Asks', gives: true },
  { title: 'Of', gives: true },
  { title: 'Pieces', align: 'right' },
  { title: 'Since' },
  { title: 'State' },
]

/** Requests as a table, longest first. */
export function requestRows(screen: Screen, requests: readonly Listed[]): string {
  const rows = requests.map((one) => [
    one.number,
    oneLine(one.outletId),
    oneLine(one.sourceOutletId),
    one.asked,
    one.askedAt.slice(0, 16).replace('T', ' '),
    one.state,
  ])
  return table(screen, listColumns, rows)
}

const right = (title: string): Column => ({ title, align: 'right' })

/** One request: what is asked of whom, beside what there is of it. */
export function requestLines(screen: Screen, one: ToldRequest): string {
  const columns = [{ title: 'Product', gives: true }, ...['Asked', 'Agreed', 'On hand', 'Available'].map(right)]
  const rows = one.lines.map((line) => [
    oneLine(line.sku ?? line.productId),
    line.asked,
    line.agreed ?? '',
    line.onHand ?? '',
    line.available,
  ])
  const because = one.lines.flatMap(({ sku, productId, reason }) =>
    reason === null ? [] : [`${oneLine(sku ?? productId)}: ${oneLine(reason)}`],
  )
  return [
    `${screen.paint('bold', one.number)} (${one.status}): ${one.state}`,
    `${oneLine(one.outletId)} asks ${oneLine(one.sourceOutletId)}`,
    ...(one.note === null ? [] : [oneLine(one.note)]),
    table(screen, columns, rows),
    ...because,
    ...(one.answeredBy === null
      ? []
      : [`Answered by ${one.answeredBy}${one.reason === null ? '' : `: ${oneLine(one.reason)}`}`]),
  ].join('\n')
}
