import { z } from 'zod'
import { countField, quantityField, remoteId, unitCostField, words } from './fields.ts'
import type { NewLine } from './lines.store.ts'

export const newLine = z.strictObject({
  productId: remoteId,
  quantity: quantityField,
  unitCost: unitCostField.nullish(),
  packSize: countField.nullish(),
  supplierCode: words(100).nullish(),
})

export function toNewLine({ productId, quantity, unitCost, packSize, supplierCode }: z.infer<typeof newLine>): NewLine {
  return {
    productId,
    quantity,
    unitCost: unitCost ?? null,
    packSize: packSize ?? null,
    supplierCode: supplierCode ?? null,
  }
}
