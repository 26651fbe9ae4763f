import { Hono } from 'hono'
import { z } from 'zod'
import { countField, quantityField, remoteId, words } from '../consignments/fields.ts'
import { doorsOf, ifMatch } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { sayVersion, versionsAsked } from '../http/versions.ts'
import { amendReceived } from './amending.actions.ts'
import { assignCode } from './assigning.actions.ts'
import { quantityIn } from './quantities.rules.ts'
import { receiveAtOnce } from './receipts.actions.ts'
import { codeAssigned, lineAmended, received } from './receipts.shapes.ts'
import { scansField } from './scans.fields.ts'
import { explainVariance } from './variances.actions.ts'
import { varianceReasons } from './variances.rules.ts'

const about = doorsOf('receiving')

const refusals = { 403: [], 404: [], 409: [], 422: [] }
const edits = { parameters: [ifMatch] }

const dryRun = z.boolean().default(false)
const exact = quantityField.transform(quantityIn)
const receiving = z.strictObject({
  id: z.uuid(),
  note: words(2000).nullish(),
  scans: scansField.optional(),
  asOrdered: z.boolean().default(false),
  outcome: z.enum(['more_to_come', 'complete']).nullish(),
  dryRun,
})
const amending = z.strictObject({
  received: exact,
  damaged: z
    .strictObject({
      damaged_in_transit: exact.optional(),
      damaged_in_store: exact.optional(),
      expired: exact.optional(),
      wrong_item: exact.optional(),
    })
    .default({}),
  reason: words(500),
  dryRun,
})
const explaining = z.strictObject({ reason: z.enum(varianceReasons).nullable(), note: words(2000).nullish(), dryRun })
const assigning = z.strictObject({ productId: remoteId, units: countField.default('1'), dryRun })
const lineAddress = z.object({ id: z.string(), lineId: z.uuid() })
const codeAddress = z.object({ id: z.string(), code: words(200) })

export const receiptRoutes = new Hono<Env>()
  .post(
    '/api/v1/consignments/:id/receipts',
    about(
      'Receive in one request, all or nothing: begin a delivery, count, take over the rest as ordered, end it',
      { 200: received },
      refusals,
      edits,
    ),
    valid('json', receiving),
    async (c) => {
      const { dryRun: isTried, note = null, outcome = null, scans = [], ...rest } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun: isTried }
      return c.json(await receiveAtOnce(c.var.context, target, { ...rest, note, outcome, scans }))
    },
  )
  .patch(
    '/api/v1/consignments/:id/lines/:lineId/received',
    about(
      'Amend what was received of a line, with a reason, until it is closed',
      { 200: lineAmended },
      refusals,
      edits,
    ),
    valid('param', lineAddress),
    valid('json', amending),
    async (c) => {
      const { id: ref, lineId } = c.req.valid('param')
      const { received: all, damaged, reason, dryRun: isTried } = c.req.valid('json')
      const target = { ref, ifMatch: versionsAsked(c), dryRun: isTried }
      const correction = { received: all, damaged }
      const done = await amendReceived(c.var.context, target, { lineId, correction, reason })
      sayVersion(c, String(done.consignment.version))
      return c.json(done)
    },
  )
  .put(
    '/api/v1/consignments/:id/lines/:lineId/variance',
    about('Say why a line came otherwise than expected; null takes it back', { 200: lineAmended }, refusals, edits),
    valid('param', lineAddress),
    valid('json', explaining),
    async (c) => {
      const { id: ref, lineId } = c.req.valid('param')
      const { reason, note = null, dryRun: isTried } = c.req.valid('json')
      const target = { ref, ifMatch: versionsAsked(c), dryRun: isTried }
      return c.json(await explainVariance(c.var.context, target, { lineId, reason, note }))
    },
  )
  .post(
    '/api/v1/consignments/:id/unknown-codes/:code',
    about('Say what an unknown code is: what was scanned of it counts as that', { 200: codeAssigned }, refusals),
    valid('param', codeAddress),
    valid('json', assigning),
    async (c) => {
      const { id: ref, code } = c.req.valid('param')
      const { productId, units, dryRun: isTried } = c.req.valid('json')
      const target = { ref, ifMatch: undefined, dryRun: isTried }
      return c.json(await assignCode(c.var.context, target, { code, productId, units: quantityIn(units) }))
    },
  )
