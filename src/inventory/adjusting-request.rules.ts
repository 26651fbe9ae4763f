import type { Adjustment } from './adjusting.rules.ts'

export function adjustRequest(adjustments: readonly Adjustment[]) {
  const items = adjustments.map(({ productId, outletId, quantity: by, reason }) => ({
    product_id: productId,
    outlet_id: outletId,
    quantity: by,
    reason,
  }))
  return { method: 'POST', path: '/api/2026-07/stock_adjustments', body: { stock_adjustments: items } } as const
}

/** The older way: a level as such, with the product. */
export function levelRequest(productId: string, outletId: string, level: string) {
  const place = { outlet_id: outletId, current_amount: JSON.rawJSON(level) }
  const body = { details: { inventory: [place] } }
  return { method: 'PUT', path: `/api/2.1/products/${productId}`, body, isOnce: true } as const
}
