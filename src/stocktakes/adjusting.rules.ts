import type { Adjustment } from './simulating.rules.ts'

/** With the reason that Lightspeed is told: one of its own words, or the id of one of the retailer's. */
export type Sent = Adjustment & { reason: string }

/** What a count tells Lightspeed as the reason, where more was found and where less. */
export type Reasons = { gain: string; loss: string }

export const gainReasons = ['STOCK_FOUND', 'SAMPLE_FOR_SALE'] as const
export const lossReasons = ['DAMAGE', 'EXPIRY', 'INTERNAL_USE', 'THEFT', 'DONATION'] as const

/** Lightspeed takes up to 1,000 in one request. */
export const batchSize = 500

export function withReasons(adjustments: readonly Adjustment[], { gain, loss }: Reasons): Sent[] {
  return adjustments.map((one) => ({ ...one, reason: one.quantity > 0n ? gain : loss }))
}

export type Line = { productId: string; quantity: string; reason: string }

/** One request to the stock adjustments of Lightspeed; quantities as text, as it wants them. */
export function requestOf(outletId: string, lines: readonly Line[]) {
  return {
    method: 'POST' as const,
    path: adjustmentsPath,
    body: { stock_adjustments: lines.map((line) => bodyOf(outletId, line)) },
  }
}

/** Stock adjustments are there since 2026-01; each version of the API lives for a year. */
export const adjustmentsPath = '/api/2026-07/stock_adjustments'

type Body = {
  product_id: string
  outlet_id: string
  quantity: string
  reason: string
  custom_inventory_adjustment_reason_id?: string | undefined
}

function bodyOf(outletId: string, { productId, quantity, reason }: Line): Body {
  const said = { product_id: productId, outlet_id: outletId, quantity }
  return isWord(reason)
    ? { ...said, reason }
    : { ...said, reason: custom, custom_inventory_adjustment_reason_id: reason }
}

const custom = 'CUSTOM'

/** What Lightspeed calls a reason of ours. */
function wordOf(reason: string): string {
  return isWord(reason) ? reason : custom
}

function isWord(reason: string): boolean {
  return [...gainReasons, ...lossReasons].some((word) => word === reason)
}

/** An adjustment as Lightspeed lists it. */
export type Made = { id: string; productId: string; outletId: string; quantity: bigint; reason: string }

/** Of what was made in Lightspeed, the ones that are ours: product, outlet, quantity and reason, and nobody's yet. */
export function matchMade(
  wanted: readonly { productId: string; quantity: bigint; reason: string }[],
  { made, outletId, claimed }: { made: readonly Made[]; outletId: string; claimed: ReadonlySet<string> },
): { productId: string; remoteId: string }[] {
  const free = made.filter((one) => one.outletId === outletId && !claimed.has(one.id))
  return wanted.flatMap(({ productId, quantity, reason }) => {
    const ours = free.find(
      (one) => one.productId === productId && one.quantity === quantity && one.reason === wordOf(reason),
    )
    return ours ? [{ productId, remoteId: ours.id }] : []
  })
}
