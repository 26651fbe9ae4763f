import type { SimContext } from './context.ts'
import { inventoryId } from './seed/ids.ts'
import { stamp } from './seed/time.ts'
import type { Row } from './store.ts'

/** The inventory row of a product at an outlet. */
export const inventoryOf = (
  { store }: Pick<SimContext, 'store'>,
  productId: string,
  outletId: string,
): Row | undefined => store.get('inventory', inventoryId(productId, outletId))

/** How much of a product lies in an outlet: 0 without a row. */
export function levelOf(context: Pick<SimContext, 'store'>, productId: string, outletId: string): number {
  const level = inventoryOf(context, productId, outletId)?.['inventory_level']
  return typeof level === 'number' ? level : 0
}

/** Changes the inventory row of a product at an outlet, or makes it. Quantities keep five decimals. */
export function setInventory(
  { store }: Pick<SimContext, 'store'>,
  place: { productId: string; outletId: string },
  fields: { [field: string]: unknown; level?: number },
): Row {
  const { level, ...others } = fields
  const id = inventoryId(place.productId, place.outletId)
  const before = store.get('inventory', id) ?? {
    product_id: place.productId,
    outlet_id: place.outletId,
    inventory_level: 0,
    current_amount: 0,
  }
  const exact = level === undefined ? undefined : Math.round(level * 100_000) / 100_000
  const levels = exact === undefined ? {} : { inventory_level: exact, current_amount: exact }
  return store.put('inventory', { ...before, ...others, ...levels, id })
}

/** Adds to the level of a product at an outlet; the level may fall below zero. */
export const moveStock = (
  context: Pick<SimContext, 'store'>,
  place: { productId: string; outletId: string },
  by: number,
): Row => setInventory(context, place, { level: levelOf(context, place.productId, place.outletId) + by })

/** Makes a tombstone of the inventory row, or brings it back. */
export const buryInventory = ({ store }: Pick<SimContext, 'store'>, row: Row): Row =>
  store.put('inventory', { ...row, deleted_at: stamp(store.now()) })
