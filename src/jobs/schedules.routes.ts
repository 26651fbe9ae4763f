import { Hono } from 'hono'
import { z } from 'zod'
import { must } from '../context.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { pauseSchedule, readSchedules, runSchedule, scheduleNamed } from './schedules.actions.ts'
import { readSchedulesOf } from './schedules.ts'
import { scheduleList, scheduleRun } from './schedules.shapes.ts'
import { doorsOf } from '../http/describing.ts'

const about = doorsOf('jobs')

const pause = z.strictObject({ paused: z.boolean() })

export const scheduleRoutes = new Hono<Env>()
  .get(
    '/api/v1/schedules',
    about('What is done by the clock, when next, and how it went last', { 200: scheduleList }),
    async (c) => c.json(await readSchedules(c.var.context, await readSchedulesOf(c.var.house), new Date())),
  )
  .patch(
    '/api/v1/schedules/:name',
    about('Pause a schedule, or let it go on', { 200: scheduleList }, { 404: ['schedule_unknown'] }),
    valid('json', pause),
    async (c) => {
      must(c.var.actor, 'jobs:run')
      const schedules = await readSchedulesOf(c.var.house)
      const schedule = scheduleNamed(schedules, c.req.param('name'))
      await pauseSchedule(c.var.context, schedule, c.req.valid('json').paused)
      return c.json(await readSchedules(c.var.context, [schedule], new Date()))
    },
  )
  .post(
    '/api/v1/schedules/:name/runs',
    about('Do it now', { 202: scheduleRun }, { 404: ['schedule_unknown'] }),
    async (c) => {
      must(c.var.actor, 'jobs:run')
      const schedule = scheduleNamed(await readSchedulesOf(c.var.house), c.req.param('name'))
      return c.json(await runSchedule(c.var.context, schedule), 202)
    },
  )
