import { z } from 'zod'
import { endpoints, stockAdjustments } from '../lightspeed/endpoints.ts'
import { readContents } from '../lightspeed/envelope.rules.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { key, quantity, text, version } from '../lightspeed/wire/fields.ts'
import { inventory } from '../lightspeed/wire/stock.ts'
import { amountOf, placeOf, sayAmount, type Item, type Listed } from './adjusting.rules.ts'
import type { Desk } from '../writes/deed.ts'

type Asking = Pick<Desk, 'client' | 'signal'>

const adjustment = z
  .object({ id: key(), product_id: key(), outlet_id: key(), quantity: quantity(), reason: text(), version: version() })
  .transform((row): Listed => ({
    id: row.id,
    productId: row.product_id,
    outletId: row.outlet_id,
    quantity: row.quantity ?? '0',
    reason: row.reason,
  }))

/** Adjustments made after a version; undefined where this Lightspeed knows no adjustments. */
export async function listAdjustments({ client, signal }: Asking, from: number): Promise<Listed[] | undefined> {
  const listed: Listed[] = []
  try {
    for (let after = from; ;) {
      const page = await client.list(stockAdjustments, { after, signal })
      listed.push(...page.records.map((record) => adjustment.parse(record)))
      if (page.records.length === 0 || page.max === null || page.max <= after) return listed
      after = page.max
    }
  } catch (error) {
    if (error instanceof LightspeedError && error.kind === 'not_found') return undefined
    throw error
  }
}

export function adjustmentsIn(body: unknown): Listed[] {
  return readContents(body).records.map((record) => adjustment.parse(record))
}

/** What Lightspeed says lies at these places, by `placeOf`; where it has no row, nothing lies. One look a product. */
export async function readLevels(
  { client, signal }: Asking,
  items: readonly Pick<Item, 'productId' | 'outletId'>[],
): Promise<Map<string, string>> {
  const levels = new Map(items.map((item) => [placeOf(item), '0']))
  for (const id of new Set(items.map(({ productId }) => productId))) {
    for (let after = 0; ;) {
      const page = await client.list(endpoints.product_inventory, { params: { id }, after, signal })
      for (const record of page.records) {
        const { product_id: productId, outlet_id: outletId, inventory_level: level, ...row } = inventory.parse(record)
        const place = placeOf({ productId: productId ?? id, outletId: outletId ?? '' })
        if (levels.has(place)) levels.set(place, sayAmount(amountOf(level ?? row.current_amount ?? '0')))
      }
      if (page.records.length === 0 || page.max === null || page.max <= after) break
      after = page.max
    }
  }
  return levels
}
