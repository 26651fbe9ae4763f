import { Hono } from 'hono'
import { z } from 'zod'
import { whyNotWriting } from '../bridge/writing.actions.ts'
import { quantityField, time, words } from '../consignments/fields.ts'
import { doorsOf, ifMatch } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { versionsAsked } from '../http/versions.ts'
import { gainReasons, lossReasons } from './adjusting.rules.ts'
import { postCount } from './posting.actions.ts'
import { addRecounts, askRecounts, readRecounts } from './recounting.actions.ts'
import { simulatePosting } from './simulating.actions.ts'
import * as shapes from './stocktakes.shapes.ts'
import { approveVariance } from './variance-approval.actions.ts'
import { readVariances } from './variances.actions.ts'

const about = doorsOf('stocktakes')
const refusals = { 403: [], 404: [], 409: [], 422: [] }
const edit = { parameters: [ifMatch] }

const asking = z.strictObject({
  lineIds: z.array(z.uuid()).min(1).max(5000),
  reason: words(500).optional(),
  dryRun: z.boolean().default(false),
})

const found = z.strictObject({
  counts: z
    .array(z.strictObject({ lineId: z.uuid(), quantity: quantityField, at: time }))
    .min(1)
    .max(1000),
  sentAt: time.optional(),
  dryRun: z.boolean().default(false),
})

const trying = z.strictObject({ dryRun: z.boolean().default(false) })

const digestField = z.string().regex(/^[\da-f]{12,64}$/, 'give the digest of a simulation, or its first 12 signs')

const approval = z.strictObject({
  digest: digestField,
  reason: words(500).optional(),
  dryRun: z.boolean().default(false),
})

const acceptance = z.strictObject({
  digest: digestField,
  gainReason: z
    .union([z.enum(gainReasons), z.uuid()])
    .default('STOCK_FOUND')
    .describe('What Lightspeed is told where more was found: a word of its own, or the id of a reason of the retailer'),
  lossReason: z
    .union([z.enum(lossReasons), z.uuid()])
    .default('THEFT')
    .describe('The same where less was found'),
  dryRun: z.boolean().default(false),
})

/** Looking at what was counted, a second time too, and posting it. */
export const reviewingRoutes = new Hono<Env>()
  .get(
    '/api/v1/consignments/:id/recounts',
    about('Second looks that were asked for, and whether they are done', { 200: shapes.recounts }, refusals),
    async (c) => c.json(await readRecounts(c.var.context, c.req.param('id'))),
  )
  .post(
    '/api/v1/consignments/:id/recounts',
    about(
      'Ask that lines be counted again, by somebody who has not counted them',
      { 200: shapes.recounts },
      refusals,
      edit,
    ),
    valid('json', asking),
    async (c) => {
      const { dryRun, lineIds, reason } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun }
      return c.json(await askRecounts(c.var.context, target, { lineIds, reason }))
    },
  )
  .post(
    '/api/v1/consignments/:id/recounts/counts',
    about('What a second look found; it replaces the count, and both are kept', { 200: shapes.recounts }, refusals),
    valid('json', found),
    async (c) => {
      const { counts, sentAt, dryRun } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: undefined, dryRun }
      return c.json(await addRecounts(c.var.context, target, { found: counts, sentAt, now: new Date() }))
    },
  )
  .get(
    '/api/v1/consignments/:id/variances',
    about(
      'What differs from what was on hand when it was counted, the dearest first; with `all` every line',
      { 200: shapes.variances },
      refusals,
    ),
    valid('query', z.object({ all: z.stringbool().default(false) })),
    async (c) => c.json(await readVariances(c.var.context, c.req.param('id'), c.req.valid('query'))),
  )
  .post(
    '/api/v1/consignments/:id/simulation',
    about(
      'What posting would do to the stock of every product in it; the digest is what posting takes',
      { 200: shapes.simulation },
      refusals,
      edit,
    ),
    valid('json', trying),
    async (c) => {
      const { dryRun } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun }
      return c.json(await simulatePosting(c.var.context, target))
    },
  )
  .post(
    '/api/v1/consignments/:id/variance-approval',
    about(
      'Approve differences above the limit for counts, by the digest of a simulation; nobody those that he simulated',
      { 200: shapes.varianceApproved },
      refusals,
      edit,
    ),
    valid('json', approval),
    async (c) => {
      const { dryRun, ...wish } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun }
      return c.json(await approveVariance(c.var.context, target, wish))
    },
  )
  .post(
    '/api/v1/consignments/:id/posting',
    about(
      'Accept a simulation by its digest and post it, or with `dryRun` say what Lightspeed would be told',
      { 200: shapes.posted },
      refusals,
      edit,
    ),
    valid('json', acceptance),
    async (c) => {
      const { dryRun, digest, gainReason: gain, lossReason: loss } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun }
      const posted = await postCount(c.var.context, target, { digest, reasons: { gain, loss } })
      const waitsFor = posted.changes === 0 ? null : ((await whyNotWriting(c.var.house)) ?? null)
      return c.json({ dryRun, waitsFor, ...posted })
    },
  )
