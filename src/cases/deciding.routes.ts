import { Hono } from 'hono'
import { z } from 'zod'
import { done as doneShape } from '../consignments/consignments.shapes.ts'
import { doorsOf, ifMatch } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { sayVersion, versionsAsked } from '../http/versions.ts'
import { decideLines } from './deciding.actions.ts'
import { lineDecisions } from './deciding.rules.ts'

const about = doorsOf('consignments')

const wish = z.strictObject({
  decisions: z.array(z.strictObject({ lineId: z.uuid(), decision: z.enum(lineDecisions).nullable() })).max(5000),
  others: z.enum(lineDecisions).optional(),
  dryRun: z.boolean().default(false),
})

export const decidingRoutes = new Hono<Env>().put(
  '/api/v1/consignments/:id/decisions',
  about(
    'Say what becomes of lines that are still owed when it is closed short: back-order, cancel, claim; `others` for the rest',
    { 200: doneShape },
    { 403: [], 404: [], 409: [], 422: [] },
    { parameters: [ifMatch] },
  ),
  valid('json', wish),
  async (c) => {
    const { dryRun, decisions, others } = c.req.valid('json')
    const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun }
    const done = await decideLines(c.var.context, target, { decisions, others })
    if (!dryRun) sayVersion(c, String(done.version))
    return c.json({ dryRun, ...done })
  },
)
