import { z } from 'zod'
import { remoteId, time, words } from '../consignments/fields.ts'
import { readQuantity, sayQuantity } from '../kernel/quantity.ts'

/** A quantity that is not 0; below 0 takes back what was counted by mistake. */
const countedField = z.union([z.string().max(40), z.number()]).transform((given, context) => {
  const said = String(given).trim()
  const isTaken = said.startsWith('-')
  const read = readQuantity(isTaken ? said.slice(1) : said)
  if ('quantity' in read && read.quantity !== 0n) return `${isTaken ? '-' : ''}${sayQuantity(read.quantity)}`
  context.addIssue('wrong' in read ? read.wrong : 'give more than 0; that there is none is decided, not counted')
  return z.NEVER
})

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
