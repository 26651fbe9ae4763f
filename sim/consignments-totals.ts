import type { Fields } from './body.ts'
import { fixed } from './consignments-fields.ts'
import { no } from './consignments-headers.ts'
import { amountIn, linesOf, statusOf, typeOf } from './consignments-rows.ts'
import type { SimContext } from './context.ts'
import type { Row } from './store.ts'

/** What was sent and received, in pieces and money. A count has no such totals. */
export function totalsOf(context: SimContext, consignment: Row): Fields {
  if (typeOf(consignment) === 'STOCKTAKE') throw no(context, 'A count has no totals')
  const early = ['OPEN', 'SENT'].includes(statusOf(consignment)) && context.judgments.totalsHideEarlyReceipts
  const lines = linesOf(context, consignment.id)
  const sum = (value: (line: Row) => number) => lines.reduce((total, line) => total + value(line), 0)
  const received = (line: Row) => (early ? 0 : amountIn(line, 'received'))
  return {
    total_sent_count: fixed(sum((line) => amountIn(line, 'count'))),
    total_sent_cost: money(sum((line) => amountIn(line, 'count') * amountIn(line, 'cost'))),
    total_received_count: fixed(sum(received)),
    total_received_cost: money(sum((line) => received(line) * amountIn(line, 'cost'))),
  }
}

/** Costs of totals have ten decimals. */
const money = (amount: number): string => (Math.round(amount * 100_000) / 100_000 + 0).toFixed(10)
