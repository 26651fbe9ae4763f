import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { Env } from '../http/env.ts'
import { readHealth, readReadiness } from './health.actions.ts'
import { version } from './version.ts'

const about = (summary: string) => describeRoute({ tags: ['health'], summary, security: [] })

export const healthRoutes = new Hono<Env>()
  .get('/health/live', about('The process answers'), (c) =>
    c.json({ ok: true, version, pid: process.pid, startedAt: c.var.house.startedAt.toISOString() }),
  )
  .get(
    '/health/ready',
    about('Requests can be served: the database answers, and Consign is not stopping'),
    async (c) => {
      const health = await readReadiness(c.var.house)
      return c.json(health, health.ok ? 200 : 503)
    },
  )
  .get('/health', about('Every part, with its state and its cure'), async (c) => {
    const health = await readHealth(c.var.house)
    return c.json(health, health.ok ? 200 : 503)
  })
