import { Hono } from 'hono'
import { z } from 'zod'
import { countField, remoteId, words } from '../consignments/fields.ts'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { scan, taughtCode } from './products.shapes.ts'
import { forgetCode, readScan, teachCode } from './scanning.actions.ts'

const about = doorsOf('products')

/** The longest GS1 label has 90 or so; a QR code with an address more. */
const scanned = z.object({ code: words(500) })
const at = z.object({ outlet: remoteId.optional() })
const teaching = z.strictObject({
  productId: remoteId,
  units: countField.default('1'),
  dryRun: z.boolean().default(false),
})
const trying = z.object({ dryRun: z.stringbool().default(false) })

export const scanRoutes = new Hono<Env>()
  .get(
    '/api/v1/scan/:code',
    about(
      'Which product a scanned code is, and how many of it',
      { 200: scan },
      { 404: ['code_unknown', 'product_unknown'], 409: ['code_ambiguous'], 422: ['units_too_many'] },
    ),
    valid('param', scanned),
    valid('query', at),
    async (c) => c.json(await readScan(c.var.context, c.req.valid('param').code, c.req.valid('query').outlet ?? null)),
  )
  .post(
    '/api/v1/scan/:code',
    about(
      'Teach what a code is: a product, and how many of it; 200 when that was known already',
      { 200: taughtCode, 201: taughtCode },
      { 404: ['product_unknown'], 409: ['code_taken'], 422: ['code_not_teachable'] },
    ),
    valid('param', scanned),
    valid('json', teaching),
    async (c) => {
      const { isNew, ...taught } = await teachCode(c.var.context, c.req.valid('param').code, c.req.valid('json'))
      return c.json(taught, isNew && !c.req.valid('json').dryRun ? 201 : 200)
    },
  )
  .delete(
    '/api/v1/scan/:code',
    about('Forget what was taught of a code', { 200: taughtCode }, { 404: ['code_not_taught'] }),
    valid('param', scanned),
    valid('query', trying),
    async (c) => c.json(await forgetCode(c.var.context, c.req.valid('param').code, c.req.valid('query'))),
  )
