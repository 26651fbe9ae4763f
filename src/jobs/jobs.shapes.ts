import { z } from 'zod'
import { count, pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { readFailing, retryJob } from './failing.actions.ts'
import { jobStates, type clearJobs, type JobView } from './jobs.actions.ts'
import type { Point } from './points.rules.ts'
import type { processJobs } from './processing.actions.ts'
import type { readJobStats, readQueueNow } from './stats.actions.ts'

export const failures = z.array(z.object({ at: time, message: text }))
export const deletedShape = z.object({ deleted: z.literal(true) })

export const job = shapeOf<JobView>()(
  'Job',
  z.object({
    id: uuid,
    kind: text,
    state: z.enum(jobStates),
    payload: z.unknown().describe('What it is to do, as its kind wants it'),
    key: text.describe('Of two with the same key only one waits'),
    order: text.nullable().describe('Jobs of the same order are done one after the other'),
    priority: count,
    correlationId: text,
    error: text.nullable(),
    failures,
    triesLeft: count,
    enqueuedAt: time,
    dueAt: time,
    startedAt: time.nullable(),
    heartbeatAt: time.nullable(),
    finishedAt: time.nullable(),
  }),
)

export const jobPage = pageOf(job).meta({ ref: 'JobPage' })
export const cleared = shapeOf<Told<typeof clearJobs>>()('ClearedJobs', z.object({ cleared: count }))
export const processed = shapeOf<Told<typeof processJobs>>()(
  'ProcessedJobs',
  z.object({ done: count, failed: count, putOff: count }),
)
export const retried = shapeOf<Told<typeof retryJob>>()('Retried', z.object({ retried: count }))

export const failing = shapeOf<Told<typeof readFailing>>()(
  'FailingJobs',
  z.array(
    z.object({
      id: uuid,
      kind: text,
      error: text,
      failed: count,
      triesLeft: count,
      failedAt: time.nullable(),
      dueAt: time,
    }),
  ),
)

const spread = z.object({ p50: z.number().nullable(), p95: z.number().nullable() }).describe('Milliseconds')
const kind = z.object({
  kind: text,
  waiting: count,
  deferred: count.describe('Not due yet'),
  running: count,
  dead: count,
  oldestWaitingSeconds: z.number().nullable(),
  perMinute: z.number(),
  failedPerMinute: z.number(),
  waitMs: spread,
  runMs: spread,
})
const workers = z.array(
  z.object({
    id: text,
    host: text,
    pid: count,
    slots: count,
    running: count,
    startedAt: time,
    seenAt: time,
    isSilent: z.boolean(),
  }),
)

export const jobStats = shapeOf<Told<typeof readJobStats>>()(
  'JobStats',
  z.object({
    grade: z.enum(['green', 'amber', 'red']),
    reasons: z.array(text),
    kinds: z.array(kind.extend({ done: count, failed: count })),
    totals: z.object({
      waiting: count,
      running: count,
      done: count,
      failed: count,
      dead: count,
      oldestWaitingSeconds: z.number(),
    }),
    workers,
  }),
)

export const queueNow = shapeOf<Told<typeof readQueueNow>>()(
  'QueueNow',
  z.object({ kinds: z.array(kind), oldestWaitingSeconds: z.number(), workers }),
)

export const point = shapeOf<Point>()(
  'QueuePoint',
  z.object({
    at: z.number().describe('Seconds since 1970'),
    waiting: count,
    running: count,
    donePerMinute: z.number().nullable(),
    failedPerMinute: z.number().nullable(),
  }),
)
