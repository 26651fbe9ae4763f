import { z } from 'zod'
import { count, pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { resetCursors } from './cursors.actions.ts'
import type { Run } from './runs.actions.ts'
import type { readDrift, readRejected, readSyncStatus } from './status.actions.ts'
import { entities } from './tables.ts'

const runEntity = z.object({
  entity: text,
  state: text.describe('queued, running, done or failed'),
  cursor: count.nullable(),
  pages: count,
  fetched: count,
  inserted: count,
  updated: count,
  unchanged: count,
  rejected: count,
  note: text.nullable().describe('While it waits: what for'),
  error: text.nullable(),
  errorCode: text.nullable(),
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
})

export const run = shapeOf<Run>()(
  'Run',
  z.object({
    id: uuid,
    state: text.describe('queued, running, done or failed'),
    requestedBy: text,
    correlationId: text,
    full: z.boolean(),
    since: text.nullable(),
    limit: count.nullable(),
    part: z
      .object({
        until: text.optional(),
        outlet: text.optional(),
        product: text.optional(),
        status: text.optional(),
      })
      .nullable(),
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    entities: z.array(runEntity),
  }),
)

export const requested = z.object({ id: uuid }).meta({ ref: 'Requested' })

export const syncStatus = shapeOf<Told<typeof readSyncStatus>>()(
  'SyncStatus',
  z.object({
    entities: z.array(
      z.object({
        entity: z.enum(entities.map(({ name }) => name)),
        rows: count,
        cursor: count.describe('The version up to which it was read'),
        lagSeconds: z.number().nullable().describe('Since the last complete look'),
        rejected: count,
        nextLookAt: time.nullable(),
        pace: z
          .object({ everySeconds: z.number(), why: z.enum(['usual', 'webhook', 'throttled', 'failed', 'first']) })
          .nullable(),
        lastRun: runEntity.extend({ id: uuid }).nullable(),
      }),
    ),
  }),
)

export const drift = shapeOf<Told<typeof readDrift>>()(
  'Drift',
  z.object({
    data: z.array(
      z.object({
        entity: text,
        field: text,
        kind: text,
        example: text.nullable(),
        recordId: text.nullable(),
        firstSeenAt: time,
      }),
    ),
  }),
)

export const rejectedPage = shapeOf<Told<typeof readRejected>>()(
  'RejectedPage',
  pageOf(
    z.object({
      id: count,
      recordId: text.nullable(),
      reason: text,
      payload: text.describe('The record as it came, as text'),
      firstSeenAt: time,
      lastSeenAt: time,
      timesSeen: count,
    }),
  ),
)

export const cursorReset = shapeOf<Told<typeof resetCursors>>()('CursorReset', z.object({ reset: z.array(text) }))
