import { Hono } from 'hono'
import { z } from 'zod'
import { doorsOf, ifMatch } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { versionsAsked } from '../http/versions.ts'
import { readAttention } from './attention.actions.ts'
import { attentionPage, noticePage, trackingShape } from './attention.shapes.ts'
import { remoteId, words } from './fields.ts'
import { types } from './lifecycle.rules.ts'
import { readNotices } from './notices.actions.ts'
import { readTracking, trackConsignment } from './tracking.actions.ts'

const about = doorsOf('consignments')
const refusals = { 403: [], 404: [], 409: [], 422: [] }

const yes = z.enum(['true', 'false']).optional()
const page = {
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
const late = z.object({
  overdue: yes,
  stuck: yes,
  type: z.enum(types).optional(),
  outletId: remoteId.optional(),
  ...page,
})
const notices = z.object({
  kind: words(100).optional(),
  role: words(100).optional(),
  to: words(200).optional(),
  consignmentId: z.uuid().optional(),
  ...page,
})
const tracking = z.strictObject({
  reference: words(100),
  carrier: words(100).nullish(),
  dryRun: z.boolean().default(false),
})

export const attentionRoutes = new Hono<Env>()
  .get(
    '/api/v1/consignments/attention',
    about('What is late or stuck, and why, longest first', { 200: attentionPage }, refusals),
    valid('query', late),
    async (c) => {
      const { overdue, stuck, type, outletId, after, limit } = c.req.valid('query')
      const wish = { overdue: overdue === 'true', stuck: stuck === 'true', type, outletId, after, limit }
      return c.json(await readAttention(c.var.context, wish, c.var.house.config.clock))
    },
  )
  .get(
    '/api/v1/notices',
    about('Who was told what about which document, newest first', { 200: noticePage }, refusals),
    valid('query', notices),
    async (c) => c.json(await readNotices(c.var.context, c.req.valid('query'))),
  )
  .get(
    '/api/v1/consignments/:id/tracking',
    about('The couriers’ numbers of it, and when they picked it up', { 200: trackingShape }, refusals),
    async (c) => c.json(await readTracking(c.var.context, c.req.param('id'))),
  )
  .post(
    '/api/v1/consignments/:id/tracking',
    about('Say under which number a courier has it', { 200: trackingShape }, refusals, { parameters: [ifMatch] }),
    valid('json', tracking),
    async (c) => {
      const { reference, carrier = null, dryRun } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun }
      return c.json(await trackConsignment(c.var.context, target, { reference, carrier }))
    },
  )
