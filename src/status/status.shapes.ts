import { z } from 'zod'
import { count, shapeOf, text, time } from '../http/shape.ts'
import { failing, point, queueNow } from '../jobs/jobs.shapes.ts'
import { schedule } from '../jobs/schedules.shapes.ts'
import { reconciliation } from '../mirror/reconciliations.shapes.ts'
import { syncStatus } from '../mirror/sync.shapes.ts'
import { alert, grade } from '../ops/ops.shapes.ts'
import type { Status } from './status.actions.ts'

/** What a schedule's kind takes is anything here, as in its own shape; so is a cure text. */
type Seen = Omit<Status, 'schedules' | 'alerts'> & {
  schedules: z.infer<typeof schedule>[]
  alerts: z.infer<typeof alert>[]
}

export const status = shapeOf<Seen>()(
  'Status',
  z.object({
    at: time,
    grade,
    now: point,
    points: z.array(point).describe('The last half hour of the queue; in events only what is new'),
    queue: queueNow,
    failing,
    deadLetters: z.object({ total: count, newestAt: time.nullable() }),
    schedules: z.array(schedule),
    webhooks: z.object({
      newestId: text.nullable(),
      lastReceivedAt: time.nullable(),
      waiting: count,
      failed: count,
      processedLately: count,
      unknownLately: count,
    }),
    alerts: z.array(alert),
    comparison: z
      .object({ state: text, at: time, totals: reconciliation.shape.totals })
      .nullable()
      .describe('How the mirror was compared with Lightspeed last'),
    entities: syncStatus.shape.entities,
    budget: z
      .object({
        limit: z.number(),
        limitSource: z.enum(['guess', 'header', 'registers']),
        used: z.number(),
        endsAt: time.nullable(),
        blockedUntil: time.nullable(),
      })
      .nullable()
      .describe('What Lightspeed grants in five minutes, and how much of it is used'),
    leftAloneUntil: time.nullable(),
  }),
)
