import { Hono } from 'hono'
import { isFields, jsonOf, listIn, numberIn, textIn, type Fields } from './body.ts'
import type { SimContext, SimEnv } from './context.ts'
import { moveStock } from './inventory.ts'
import { page } from './lists.ts'
import { pageOf } from './paging.ts'
import { reference } from './product-parts.ts'
import { refused } from './refused.ts'
import { stamp } from './seed/time.ts'
import type { Row } from './store.ts'

const path = '/api/:version{20\\d\\d-\\d\\d}/stock_adjustments'
const down = ['DAMAGE', 'EXPIRY', 'INTERNAL_USE', 'THEFT', 'DONATION']
const up = ['STOCK_FOUND', 'SAMPLE_FOR_SALE']
const most = 1000

type Adjustment = { productId: string; outletId: string; quantity: number; reason: string; custom: string | undefined }

/** Since 2026-01: levels corrected with a reason, up to 1000 at a time, all or none. */
export function stockAdjustmentRoutes(context: SimContext): Hono<SimEnv> {
  return new Hono<SimEnv>()
    .use(path, async (c, next) => {
      if (!context.judgments.offersStockAdjustments) throw refused(404, `Nothing answers ${c.req.method} ${c.req.path}`)
      await next()
    })
    .get(path, (c) => {
      const asked = pageOf(c, context.judgments)
      return c.json(page(c, context, { collection: 'stock_adjustments', one: 'Stock adjustment' }, asked))
    })
    .post(path, async (c) => {
      const body = await jsonOf(c)
      const items = isFields(body) ? listIn(body['stock_adjustments']) : []
      if (items.length < 1 || items.length > most) {
        throw refused(
          context.judgments.refusalStatus,
          `stock_adjustments holds 1 to ${most} items, not ${items.length}`,
        )
      }
      const adjustments = items.map((item, at) => readItem(context, item, at))
      return c.json({ data: adjustments.map((adjustment) => apply(context, adjustment)) }, 201)
    })
}

function readItem(context: SimContext, item: Fields, at: number): Adjustment {
  const refuse = (message: string) => refused(context.judgments.refusalStatus, `stock_adjustments[${at}]: ${message}`)
  const quantity = numberIn(item['quantity'])
  const reason = textIn(item['reason']) ?? ''
  const custom = textIn(item['custom_inventory_adjustment_reason_id'])
  if (quantity === undefined || quantity === 0) throw refuse('quantity is a number that is not 0')
  if (![...down, ...up, 'CUSTOM'].includes(reason))
    throw refuse(`reason is one of ${[...down, ...up, 'CUSTOM'].join(', ')}`)
  if (down.includes(reason) && quantity > 0) throw refuse(`${reason} takes away: quantity is below 0`)
  if (up.includes(reason) && quantity < 0) throw refuse(`${reason} adds: quantity is above 0`)
  if (reason === 'CUSTOM' && custom === undefined) throw refuse('CUSTOM needs custom_inventory_adjustment_reason_id')
  return {
    productId: reference(context, 'products', String(item['product_id'])).id,
    outletId: reference(context, 'outlets', String(item['outlet_id'])).id,
    quantity,
    reason,
    custom,
  }
}

function apply(context: SimContext, { productId, outletId, quantity, reason, custom }: Adjustment): Row {
  const { store } = context
  moveStock(context, { productId, outletId }, quantity)
  return store.put('stock_adjustments', {
    id: store.newId(),
    product_id: productId,
    outlet_id: outletId,
    quantity: quantity.toFixed(5),
    reason,
    ...(custom === undefined ? {} : { custom_inventory_adjustment_reason_id: custom }),
    created_at: stamp(store.now()),
  })
}
