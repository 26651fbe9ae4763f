import { Hono } from 'hono'
import type { Env } from '../http/env.ts'
import { readHealth, readReadiness } from './health.actions.ts'
import { version } from './version.ts'
import { alive, health as healthShape } from './ops.shapes.ts'
import { doorsOf } from '../http/describing.ts'

const about = doorsOf('health')

const open = { isOpen: true }

export const healthRoutes = new Hono<Env>()
  .get('/health/live', about('The process answers', { 200: alive }, {}, open), (c) =>
    c.json({ ok: true, version, pid: process.pid, startedAt: c.var.house.startedAt.toISOString() }),
  )
  .get(
    '/health/ready',
    about(
      'Requests can be served: the database answers, and Consign is not stopping',
      { 200: healthShape, 503: healthShape },
      {},
      open,
    ),
    async (c) => {
      const health = await readReadiness(c.var.house)
      return c.json(health, health.ok ? 200 : 503)
    },
  )
  .get(
    '/health',
    about('Every part, with its state and its cure', { 200: healthShape, 503: healthShape }, {}, open),
    async (c) => {
      const health = await readHealth(c.var.house)
      return c.json(health, health.ok ? 200 : 503)
    },
  )
