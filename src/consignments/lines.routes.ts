import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { sayVersion, versionsAsked } from '../http/versions.ts'
import { countField, quantityField, unitCostField, words } from './fields.ts'
import { addLines, editLine, removeLine } from './lines.actions.ts'
import { newLine, toNewLine } from './lines.fields.ts'
import { done as doneShape } from './consignments.shapes.ts'
import { doorsOf, ifMatch, told, versioned, versionedUnlessTried } from '../http/describing.ts'

const about = doorsOf('consignments')

const refusals = { 403: [], 404: [], 409: [], 422: [] }

const dryRun = z.boolean().default(false)
const more = z.strictObject({ lines: z.array(newLine).min(1).max(5000), reason: words(500).optional(), dryRun })
const tried = z.object({ dryRun: z.enum(['true', 'false']).optional() })
const address = z.object({ id: z.string(), lineId: z.uuid() })
const change = z.strictObject({
  quantity: quantityField.optional(),
  unitCost: unitCostField.nullable().optional(),
  packSize: countField.nullable().optional(),
  supplierCode: words(100).nullable().optional(),
  reason: words(500).optional(),
  dryRun,
})

export const lineRoutes = new Hono<Env>()
  .post(
    '/api/v1/consignments/:id/lines',
    about(
      'Add lines; while it is received, products that nobody ordered, with quantity 0',
      { 200: told(doneShape, 'With `dryRun`: what it would be'), 201: versioned(doneShape) },
      refusals,
      { parameters: [ifMatch] },
    ),
    valid('json', more),
    async (c) => {
      const { lines, reason, dryRun: isTried } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun: isTried }
      const done = await addLines(c.var.context, target, { lines: lines.map(toNewLine), reason })
      if (!isTried) sayVersion(c, String(done.version))
      return c.json({ dryRun: isTried, ...done }, isTried ? 200 : 201)
    },
  )
  .patch(
    '/api/v1/consignments/:id/lines/:lineId',
    about(
      'Change what is planned in a line; from OPEN on 0 is how a line goes',
      { 200: versionedUnlessTried(doneShape) },
      refusals,
      { parameters: [ifMatch] },
    ),
    valid('param', address),
    valid('json', change),
    async (c) => {
      const { id: ref, lineId } = c.req.valid('param')
      const { reason, dryRun: isTried, ...planned } = c.req.valid('json')
      const target = { ref, ifMatch: versionsAsked(c), dryRun: isTried }
      const done = await editLine(c.var.context, target, { lineId, change: planned, reason })
      if (!isTried) sayVersion(c, String(done.version))
      return c.json({ dryRun: isTried, ...done })
    },
  )
  .delete(
    '/api/v1/consignments/:id/lines/:lineId',
    about('Take a line out of a draft', { 200: versionedUnlessTried(doneShape) }, refusals, {
      parameters: [ifMatch],
    }),
    valid('param', address),
    valid('query', tried),
    async (c) => {
      const { id: ref, lineId } = c.req.valid('param')
      const isTried = c.req.valid('query').dryRun === 'true'
      const done = await removeLine(c.var.context, { ref, ifMatch: versionsAsked(c), dryRun: isTried }, lineId)
      if (!isTried) sayVersion(c, String(done.version))
      return c.json({ dryRun: isTried, ...done })
    },
  )
