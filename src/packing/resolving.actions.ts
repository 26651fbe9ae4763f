import type { Db } from '../db/database.ts'
import { readQuantity, sayQuantity, quantityPlaces, type Quantity } from '../kernel/quantity.ts'
import { Refusal } from '../kernel/refusal.ts'
import { resolveCodes } from '../products/resolving.actions.ts'
import { quantityOf } from './contents.rules.ts'

/** What somebody puts into a box: a product, or a code that he scanned; `id` is his own. */
export type Item = { id: string; code?: string | undefined; productId?: string | undefined; quantity: string }

export type Resolved = { productId: string; quantity: Quantity } | { refusal: Refusal }

/** Which product each item is, and how many of it: two scans of a case of twelve are 24. By the ids of the items. */
export async function resolveItems(db: Db, items: readonly Item[]): Promise<Map<string, Resolved>> {
  const codes = await resolveCodes(
    db,
    items.flatMap(({ code }) => code ?? []),
  )
  const resolve = ({ code, productId, quantity }: Item): Resolved => {
    if (productId !== undefined) return { productId, quantity: quantityOf(quantity) }
    const meant = codes.get(code ?? '')
    if (!meant) throw new Error('A code was asked for and not answered')
    return meant.kind === 'product' ? units(meant, quantity) : { refusal: meant.refusal }
  }
  return new Map(items.map((item) => [item.id, resolve(item)]))
}

function units({ productId, units: each }: { productId: string; units: string }, quantity: string): Resolved {
  const product = quantityOf(quantity) * quantityOf(each)
  const scale = 10n ** BigInt(quantityPlaces)
  const read = readQuantity(sayQuantity(product / scale))
  if (product % scale === 0n && 'quantity' in read) return { productId, quantity: read.quantity }
  const why = 'wrong' in read ? read.wrong : `that has more than ${quantityPlaces} places`
  return { refusal: new Refusal('not_valid', 'units_too_many', `${quantity} of ${each}: ${why}`) }
}
