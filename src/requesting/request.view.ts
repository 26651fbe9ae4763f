import type { Stock } from '../availability/availability.store.ts'
import { shortOf } from '../availability/short.rules.ts'
import { answers, type RequestLine, type RequestRow } from './requests.store.ts'

/** A request as the API shows it in lists. */
export function requestView(row: RequestRow) {
  return {
    id: row.id,
    consignmentId: row.consignment_id,
    number: row.number,
    status: row.status,
    outletId: row.outlet_id,
    sourceOutletId: row.source_outlet_id ?? '',
    state: answers.find((answer) => answer === row.answer) ?? ('waiting' as const),
    asked: row.asked ?? '0',
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    note: row.note,
    answeredBy: row.answered_by,
    answeredAt: row.answered_at?.toISOString() ?? null,
    reason: row.reason,
  }
}

/** With its lines, each beside what there is of it at the outlet that is asked. */
export function wholeRequest(row: RequestRow, lines: readonly RequestLine[], stock: readonly Stock[]) {
  const there = new Map(stock.map((one) => [one.productId, one]))
  return {
    ...requestView(row),
    lines: lines.map(({ line_id: lineId, product_id: productId, sku, name, asked, agreed, reason }) => {
      const { onHand = null, committed = '0', available = '0', inTransit = '0' } = there.get(productId) ?? {}
      const here = { onHand, committed, available, inTransit, short: shortOf(agreed ?? asked, available) }
      return { lineId, productId, sku, name, asked, agreed, reason, ...here }
    }),
  }
}
