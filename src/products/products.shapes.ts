import { z } from 'zod'
import { pageOf, shapeOf, text, time, type Told } from '../http/shape.ts'
import type { productView } from './product.view.ts'
import type { forgetCode, readScan } from './scanning.actions.ts'

const quantity = text.describe('Decimal, as text')

const product = shapeOf<ReturnType<typeof productView>>()(
  'Product',
  z.object({
    id: text,
    sku: text.nullable(),
    name: text.nullable(),
    supplierId: text.nullable(),
    supplierCode: text.nullable(),
    isActive: z.boolean(),
    imageUrl: text.nullable(),
    codes: z.array(text),
    onHand: quantity.nullable().describe('At the outlet that was asked for; null without one'),
  }),
)

export const productPage = pageOf(product).meta({ ref: 'ProductPage' })

export const scan = shapeOf<Told<typeof readScan>>()(
  'Scan',
  z.object({
    code: text,
    product,
    units: quantity.describe('How many of it one such scan is'),
    how: z.enum(['taught', 'sku', 'code']),
    read: z.object({
      text,
      gtin: text.nullable().describe('Fourteen digits; null without a check digit that fits'),
      elements: z.array(z.object({ ai: text, value: text })).describe('What a GS1 label says'),
      count: z.number().nullable(),
      sscc: text.nullable(),
      weightKg: text.nullable(),
      wrong: text.nullable().describe('Why a label could not be read'),
    }),
  }),
)

export const taughtCode = shapeOf<Told<typeof forgetCode>>()(
  'TaughtCode',
  z.object({ code: text, productId: text, units: quantity, taughtBy: text, taughtAt: time }),
)
