import { Hono } from 'hono'
import { z } from 'zod'
import { quantityField, remoteId, words } from '../consignments/fields.ts'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { rehearsed, wishedWrite } from '../writes/writes.shapes.ts'
import { adjustInventory } from './adjusting.actions.ts'
import { sayAmount } from './adjusting.rules.ts'
import { readChange } from './rows.rules.ts'

const about = doorsOf('inventory')

const answers = { 200: rehearsed, 202: wishedWrite }
const refusals = { 403: [], 422: ['rows_not_valid'] }
const change = z.union([z.string().max(40), z.number()]).transform((given, context) => {
  const read = readChange(given)
  if ('change' in read) return sayAmount(read.change)
  context.addIssue(read.wrong)
  return z.NEVER
})
const reason = words(200).describe(
  'As Lightspeed has them (damage, expiry, theft, donation, internal use, stock found, sample for sale), or your own words',
)
const place = {
  productId: remoteId.optional(),
  code: words(500).optional().describe('Instead of the product: its SKU or any of its codes'),
  outletId: remoteId,
  reason: reason.optional(),
  dryRun: z.boolean().default(false),
}
const adjusting = z.strictObject({ ...place, quantity: change.describe('By how many: "-3" or "2.5"') })
const setting = z.strictObject({ ...place, quantity: quantityField.describe('How many are to lie there') })
const batch = z.strictObject({
  rows: z
    .array(z.record(z.string(), z.unknown()))
    .min(1)
    .max(1000)
    .describe('Each productId or code, outletId, quantity or adjustment, and reason'),
  reason: reason.optional(),
  dryRun: z.boolean().default(false),
})

export const inventoryRoutes = new Hono<Env>()
  .post(
    '/api/v1/inventory/adjustments',
    about('Have stock changed in Lightspeed by so many', answers, refusals),
    valid('json', adjusting),
    async (c) => {
      const { quantity: adjustment, dryRun, reason: why, ...at } = c.req.valid('json')
      const row = { ...at, adjustment, reason: why }
      const asked = await adjustInventory(c.var.context, { rows: [row], reason: why ?? null, dryRun })
      return asked.dryRun ? c.json(asked) : c.json(asked, 202)
    },
  )
  .post(
    '/api/v1/inventory/levels',
    about('Have stock brought to so many in Lightspeed, by a change from what lies there then', answers, refusals),
    valid('json', setting),
    async (c) => {
      const { dryRun, reason: why, ...at } = c.req.valid('json')
      const asked = await adjustInventory(c.var.context, {
        rows: [{ ...at, reason: why }],
        reason: why ?? null,
        dryRun,
      })
      return asked.dryRun ? c.json(asked) : c.json(asked, 202)
    },
  )
  .post(
    '/api/v1/inventory/batches',
    about('Have stock changed in Lightspeed at up to 1000 places; all rows are taken, or none', answers, refusals),
    valid('json', batch),
    async (c) => {
      const { rows, reason: why = null, dryRun } = c.req.valid('json')
      const asked = await adjustInventory(c.var.context, { rows, reason: why, dryRun })
      return asked.dryRun ? c.json(asked) : c.json(asked, 202)
    },
  )
