import { Hono } from 'hono'
import { z } from 'zod'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { done } from './consignments.shapes.ts'
import { words } from './fields.ts'
import { mergeOrder } from './merging.actions.ts'

const about = doorsOf('consignments')

const merging = z.strictObject({ into: words(100), reason: words(500).optional(), dryRun: z.boolean().default(false) })

export const mergingRoutes = new Hono<Env>().post(
  '/api/v1/consignments/:id/merging',
  about(
    'Take the lines of a draft over into another order to the same supplier and outlet, and cancel the draft',
    { 200: done },
    { 403: [], 404: [], 409: [], 422: [] },
  ),
  valid('json', merging),
  async (c) => {
    const { dryRun, reason, into } = c.req.valid('json')
    const merged = await mergeOrder(c.var.context, { ref: c.req.param('id'), into, reason, dryRun })
    return c.json({ dryRun, ...merged })
  },
)
