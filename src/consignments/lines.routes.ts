import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { sayVersion, versionsAsked } from '../http/versions.ts'
import { countField, quantityField, unitCostField, words } from './fields.ts'
import { addLines, editLine, removeLine } from './lines.actions.ts'
import { newLine, toNewLine } from './lines.fields.ts'
import { consignment } from './consignments.shapes.ts'
import { doorsOf, ifMatch, versioned } from '../http/describing.ts'

const about = doorsOf('consignments')

const refusals = { 403: [], 404: [], 409: [], 422: [] }

const more = z.strictObject({ lines: z.array(newLine).min(1).max(5000), reason: words(500).optional() })
const address = z.object({ id: z.string(), lineId: z.uuid() })
const change = z.strictObject({
  quantity: quantityField.optional(),
  unitCost: unitCostField.nullable().optional(),
  packSize: countField.nullable().optional(),
  supplierCode: words(100).nullable().optional(),
  reason: words(500).optional(),
})

export const lineRoutes = new Hono<Env>()
  .post(
    '/api/v1/consignments/:id/lines',
    about(
      'Add lines; while it is received, products that nobody ordered, with quantity 0',
      { 201: versioned(consignment) },
      refusals,
      { parameters: [ifMatch] },
    ),
    valid('json', more),
    async (c) => {
      const { lines, reason } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c) }
      const done = await addLines(c.var.context, target, { lines: lines.map(toNewLine), reason })
      sayVersion(c, String(done.version))
      return c.json(done, 201)
    },
  )
  .patch(
    '/api/v1/consignments/:id/lines/:lineId',
    about(
      'Change what is planned in a line; from OPEN on 0 is how a line goes',
      { 200: versioned(consignment) },
      refusals,
      { parameters: [ifMatch] },
    ),
    valid('param', address),
    valid('json', change),
    async (c) => {
      const { id: ref, lineId } = c.req.valid('param')
      const { reason, ...planned } = c.req.valid('json')
      const wish = { lineId, change: planned, reason }
      const done = await editLine(c.var.context, { ref, ifMatch: versionsAsked(c) }, wish)
      sayVersion(c, String(done.version))
      return c.json(done)
    },
  )
  .delete(
    '/api/v1/consignments/:id/lines/:lineId',
    about('Take a line out of a draft', { 200: versioned(consignment) }, refusals, { parameters: [ifMatch] }),
    valid('param', address),
    async (c) => {
      const { id: ref, lineId } = c.req.valid('param')
      const done = await removeLine(c.var.context, { ref, ifMatch: versionsAsked(c) }, lineId)
      sayVersion(c, String(done.version))
      return c.json(done)
    },
  )
