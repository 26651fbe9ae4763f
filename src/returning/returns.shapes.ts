import { z } from 'zod'
import { money } from '../consignments/consignments.shapes.ts'
import { statuses } from '../consignments/lifecycle.rules.ts'
import { count, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { readReturnOf } from './crediting.actions.ts'

const decimal = text.describe('An exact decimal')
const cost = money.nullable().describe('null for who may not see costs')

export const returnShape = shapeOf<Told<typeof readReturnOf>>()(
  'SupplierReturn',
  z.object({
    id: uuid,
    number: text,
    status: z.enum(statuses),
    statusLabel: text,
    version: count.describe('The one in its ETag'),
    supplierId: text.nullable(),
    returnsFrom: text.nullable().describe('The order that the goods came with'),
    rma: text.nullable(),
    lines: z.array(
      z.object({
        lineId: uuid,
        productId: text,
        sku: text.nullable(),
        quantity: decimal.describe('What leaves: once it is packed, what was packed'),
        reason: text.nullable(),
        sourceLineId: text.nullable(),
        caseId: text.nullable(),
        quarantined: decimal.describe('So much of it was received and never went into stock'),
      }),
    ),
    creditExpected: cost,
    credited: cost,
    difference: cost,
    credits: z.array(z.object({ reference: text, amount: cost, at: time, actor: text })),
    noCreditReason: text.nullable(),
  }),
)
export const doneReturn = returnShape.extend({ dryRun: z.boolean() }).meta({ ref: 'DoneToSupplierReturn' })
