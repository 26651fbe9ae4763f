import { z } from 'zod'
import { remoteId, signedQuantityField, time, words } from '../consignments/fields.ts'
import { sayQuantity } from '../kernel/quantity.ts'

/** As the database takes it. */
const countedField = signedQuantityField('give more than 0; that there is none is decided, not counted').transform(
  sayQuantity,
)

const scan = z
  .strictObject({
    id: z.uuid(),
    code: words(200).optional(),
    productId: remoteId.optional(),
    quantity: countedField,
    at: time,
    area: words(100).optional(),
    device: words(100).optional(),
  })
  .refine(({ code, productId }) => code !== undefined || productId !== undefined, 'give a code or a productId')

export const counts = z.strictObject({
  scans: z.array(scan).min(1).max(1000),
  dryRun: z.boolean().default(false),
  sentAt: time.optional().describe("What the sender's clock says now: a clock that is wrong is put right by it"),
})

export type Scan = z.infer<typeof scan>
