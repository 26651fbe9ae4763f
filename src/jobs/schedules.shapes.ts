import { z } from 'zod'
import { shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import { jobStates } from './jobs.actions.ts'
import { kindNames } from './kinds.ts'
import type { readSchedules, runSchedule } from './schedules.actions.ts'

type Schedules = Told<typeof readSchedules>
/** What its kind takes is told with the jobs, not here. */
type Schedule = Omit<Schedules['data'][number], 'payload' | 'name'> & { payload: unknown; name: string }

export const schedule = shapeOf<Schedule>()(
  'Schedule',
  z.object({
    name: text,
    kind: z.enum(kindNames),
    payload: z.unknown(),
    cron: text.nullable().describe('Either this with its time zone, or `everySeconds`'),
    timezone: text.nullable(),
    everySeconds: z.number().nullable(),
    nextAt: time.nullable(),
    pausedAt: time.nullable(),
    pausedBy: text.nullable(),
    last: z
      .object({
        id: uuid,
        state: z.enum(jobStates),
        error: text.nullable(),
        at: time,
        finishedAt: time.nullable(),
      })
      .nullable(),
  }),
)

export const scheduleList = z.object({ data: z.array(schedule) }).meta({ ref: 'ScheduleList' })
export const scheduleRun = shapeOf<Told<typeof runSchedule>>()(
  'ScheduleRun',
  z.object({ added: z.boolean().describe('false where one waits already') }),
)
