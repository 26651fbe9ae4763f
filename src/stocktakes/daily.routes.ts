import { Hono } from 'hono'
import { z } from 'zod'
import { remoteId, words } from '../consignments/fields.ts'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { changeDailyCount, readDailyCounts } from './daily.actions.ts'
import * as shapes from './daily.shapes.ts'
import { flagProduct, readFlags, unflagProduct } from './flagging.actions.ts'
import { makeListNow } from './listing-daily.actions.ts'

const about = doorsOf('stocktakes')
const where = z.object({ outletId: remoteId.optional() })
const place = z.object({ outletId: remoteId })
const trying = z.strictObject({ dryRun: z.boolean().default(false) })

const setting = z.strictObject({
  on: z.boolean().optional(),
  products: z.int().min(1).max(200).optional(),
  goalPercent: z.number().min(0).max(100).multipleOf(0.1).optional(),
  dryRun: z.boolean().default(false),
})

const flag = z.strictObject({
  productId: remoteId,
  outletId: remoteId.optional().describe('Without it at all outlets'),
  reason: words(500).optional(),
  dryRun: z.boolean().default(false),
})

const unflag = flag.omit({ reason: true })

/** What is counted every day, and what people want counted. */
export const dailyCountRoutes = new Hono<Env>()
  .get(
    '/api/v1/daily-counts',
    about('Of each outlet how it has its daily lists, the newest, and how right its counts are', {
      200: shapes.dailyCounts,
    }),
    valid('query', where),
    async (c) => c.json(await readDailyCounts(c.var.context, c.req.valid('query').outletId ?? null)),
  )
  .patch(
    '/api/v1/daily-counts/:outletId',
    about(
      'Switch the daily lists of an outlet on or off; how long they are, and how right counts should be',
      { 200: shapes.dailyCount },
      { 404: ['outlet_unknown'] },
    ),
    valid('param', place),
    valid('json', setting),
    async (c) => {
      const { on: isOn, dryRun, ...rest } = c.req.valid('json')
      const wish = { change: { isOn, ...rest }, dryRun }
      return c.json(await changeDailyCount(c.var.context, c.req.valid('param').outletId, wish))
    },
  )
  .post(
    '/api/v1/daily-counts/:outletId/lists',
    about(
      'Make today’s list of an outlet now, unless it is there; with `dryRun` what would be on it',
      { 200: shapes.dailyList },
      { 404: ['outlet_unknown'], 422: ['nothing_to_count'] },
    ),
    valid('param', place),
    valid('json', trying),
    async (c) => {
      const wish = { now: new Date(), dryRun: c.req.valid('json').dryRun }
      return c.json(await makeListNow(c.var.context, c.req.valid('param').outletId, wish))
    },
  )
  .get(
    '/api/v1/count-flags',
    about('What somebody wants counted soon', { 200: shapes.flags }),
    valid('query', where),
    async (c) => c.json(await readFlags(c.var.context, c.req.valid('query').outletId ?? null)),
  )
  .post(
    '/api/v1/count-flags',
    about(
      'Have a product counted with the next daily list',
      { 200: shapes.flagged },
      { 404: ['outlet_unknown', 'product_unknown'] },
    ),
    valid('json', flag),
    async (c) => {
      const { dryRun, productId, outletId = null, reason = null } = c.req.valid('json')
      return c.json(await flagProduct(c.var.context, { productId, outletId, reason }, { dryRun }))
    },
  )
  .delete(
    '/api/v1/count-flags',
    about('Take a product from the next daily list again', { 200: shapes.flagged }),
    valid('json', unflag),
    async (c) => {
      const { dryRun, productId, outletId = null } = c.req.valid('json')
      return c.json(await unflagProduct(c.var.context, { productId, outletId }, { dryRun }))
    },
  )
