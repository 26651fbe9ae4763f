import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { must } from '../context.ts'
import type { Env } from '../http/env.ts'
import { readGrade } from './health.actions.ts'

const about = describeRoute({
  tags: ['health'],
  summary: 'Green, amber or red, why, and whether Consign writes to Lightspeed just now',
})

export const gradeRoutes = new Hono<Env>().get('/api/v1/grade', about, async (c) => {
  must(c.var.actor, 'health:read')
  return c.json(await readGrade(c.var.house))
})
