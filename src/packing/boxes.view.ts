import { sayQuantity } from '../kernel/quantity.ts'
import type { BoxRow, ItemRow } from './boxes.store.ts'
import { quantityOf } from './contents.rules.ts'
import { gramsOf, weightSources } from './weights.rules.ts'

export type BoxView = ReturnType<typeof boxView>

/** A box with what is in it. It weighs what the scales said, else its contents and its tare. */
export function boxView(box: BoxRow, items: readonly ItemRow[]) {
  const contents = gramsOf(items.map(({ quantity, grams }) => ({ quantity: quantityOf(quantity), gramsOfOne: grams })))
  const computedGrams = contents + (box.tare_grams ?? 0)
  return {
    id: box.id,
    number: box.number,
    of: box.of,
    label: box.label,
    weightGrams: box.weight_grams ?? computedGrams,
    weighedGrams: box.weight_grams,
    computedGrams,
    tareGrams: box.tare_grams,
    guessedWeights: items.filter(({ weight_source: source }) => source !== 'product').length,
    quantity: sayQuantity(items.reduce((sum, { quantity }) => sum + quantityOf(quantity), 0n)),
    items: items.map(itemView),
    createdBy: box.created_by,
    createdAt: box.created_at.toISOString(),
  }
}

function itemView({ line_id: lineId, product_id: productId, sku, name, quantity, ...weight }: ItemRow) {
  const weightSource = weightSources.find((source) => source === weight.weight_source) ?? 'default'
  return { lineId, productId, sku, name, quantity, gramsOfOne: weight.grams, weightSource }
}

/** All boxes of a document, each with its own items. */
export function boxesView(boxes: readonly BoxRow[], items: readonly ItemRow[]): BoxView[] {
  return boxes.map((box) =>
    boxView(
      box,
      items.filter((item) => item.box_id === box.id),
    ),
  )
}
