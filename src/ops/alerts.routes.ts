import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { doorsOf } from '../http/describing.ts'
import { acknowledgeAlert, readAlert, readAlerts, watchNow } from './alerts.actions.ts'
import { alert, alertPage, watched } from './ops.shapes.ts'

const about = doorsOf('health')

const alertId = z.object({ id: z.coerce.number().int().min(1) })
const evaluation = z.object({ dryRun: z.enum(['true', 'false']).optional() })
const page = z.object({
  state: z.enum(['open', 'resolved', 'all']).default('open'),
  after: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

export const alertRoutes = new Hono<Env>()
  .get(
    '/api/v1/alerts',
    about('Alarms, newest first: open, resolved or all', { 200: alertPage }),
    valid('query', page),
    async (c) => {
      const { state, after: before, limit } = c.req.valid('query')
      return c.json(await readAlerts(c.var.context, { state, before, limit }))
    },
  )
  .post(
    '/api/v1/alerts/evaluations',
    about('Look at everything now: what was opened, what resolved; with `dryRun=true` only what would be', {
      200: watched,
    }),
    valid('query', evaluation),
    async (c) => c.json(await watchNow(c.var.house, c.var.context, c.req.valid('query').dryRun === 'true')),
  )
  .get(
    '/api/v1/alerts/:id',
    about('One alarm', { 200: alert }, { 404: ['alert_unknown'] }),
    valid('param', alertId),
    async (c) => c.json(await readAlert(c.var.context, c.req.valid('param').id)),
  )
  .post(
    '/api/v1/alerts/:id/acknowledgement',
    about('Somebody sees to it; it stays open until its cause is gone', { 200: alert }, { 404: ['alert_unknown'] }),
    valid('param', alertId),
    async (c) => c.json(await acknowledgeAlert(c.var.context, c.req.valid('param').id)),
  )
