import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { must } from '../context.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { pauseSchedule, readSchedules, runSchedule, scheduleNamed } from './schedules.actions.ts'
import { readSchedulesOf } from './schedules.ts'

const about = (summary: string) => describeRoute({ tags: ['jobs'], summary })

const pause = z.strictObject({ paused: z.boolean() })

export const scheduleRoutes = new Hono<Env>()
  .get('/api/v1/schedules', about('What is done by the clock, when next, and how it went last'), async (c) =>
    c.json(await readSchedules(c.var.context, await readSchedulesOf(c.var.house), new Date())),
  )
  .patch('/api/v1/schedules/:name', about('Pause a schedule, or let it go on'), valid('json', pause), async (c) => {
    must(c.var.actor, 'jobs:run')
    const schedules = await readSchedulesOf(c.var.house)
    const schedule = scheduleNamed(schedules, c.req.param('name'))
    await pauseSchedule(c.var.context, schedule, c.req.valid('json').paused)
    return c.json(await readSchedules(c.var.context, [schedule], new Date()))
  })
  .post('/api/v1/schedules/:name/runs', about('Do it now'), async (c) => {
    must(c.var.actor, 'jobs:run')
    const schedule = scheduleNamed(await readSchedulesOf(c.var.house), c.req.param('name'))
    return c.json(await runSchedule(c.var.context, schedule), 202)
  })
