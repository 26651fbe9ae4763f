import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { acknowledgeAlert, readAlert, readAlerts, watchNow } from './alerts.actions.ts'

const about = (summary: string) => describeRoute({ tags: ['health'], summary })

const alertId = z.object({ id: z.coerce.number().int().min(1) })
const evaluation = z.object({ dryRun: z.enum(['true', 'false']).optional() })
const page = z.object({
  state: z.enum(['open', 'resolved', 'all']).default('open'),
  after: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

export const alertRoutes = new Hono<Env>()
  .get('/api/v1/alerts', about('Alarms, newest first: open, resolved or all'), valid('query', page), async (c) => {
    const { state, after: before, limit } = c.req.valid('query')
    return c.json(await readAlerts(c.var.context, { state, before, limit }))
  })
  .post(
    '/api/v1/alerts/evaluations',
    about('Look at everything now: what was opened, what resolved; with `dryRun=true` only what would be'),
    valid('query', evaluation),
    async (c) => c.json(await watchNow(c.var.house, c.var.context, c.req.valid('query').dryRun === 'true')),
  )
  .get('/api/v1/alerts/:id', about('One alarm'), valid('param', alertId), async (c) =>
    c.json(await readAlert(c.var.context, c.req.valid('param').id)),
  )
  .post(
    '/api/v1/alerts/:id/acknowledgement',
    about('Somebody sees to it; it stays open until its cause is gone'),
    valid('param', alertId),
    async (c) => c.json(await acknowledgeAlert(c.var.context, c.req.valid('param').id)),
  )
