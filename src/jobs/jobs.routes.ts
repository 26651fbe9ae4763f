import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { Env } from '../http/env.ts'
import { readJobStats } from './stats.actions.ts'

const about = (summary: string) => describeRoute({ tags: ['jobs'], summary })

export const jobsRoutes = new Hono<Env>().get(
  '/api/v1/jobs/stats',
  about('How the queue is doing, kind by kind, and who works'),
  async (c) => {
    const { workerSilentSeconds: silentSeconds } = c.var.house.config
    return c.json(await readJobStats(c.var.context, { silentSeconds, now: new Date() }))
  },
)
