import { Hono } from 'hono'
import { must } from '../context.ts'
import type { Env } from '../http/env.ts'
import { readGrade } from './health.actions.ts'
import { grade } from './ops.shapes.ts'
import { doorsOf } from '../http/describing.ts'

const about = doorsOf('health')('Green, amber or red, why, and whether Consign writes to Lightspeed just now', {
  200: grade,
})

export const gradeRoutes = new Hono<Env>().get('/api/v1/grade', about, async (c) => {
  must(c.var.actor, 'health:read')
  return c.json(await readGrade(c.var.house))
})
