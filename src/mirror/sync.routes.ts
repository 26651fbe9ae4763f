import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { resetCursors } from './cursors.actions.ts'
import { pacingOf } from './pacing.ts'
import { part } from './parts.ts'
import { readRun, requestRun } from './runs.actions.ts'
import { readDrift, readRejected, readSyncStatus } from './status.actions.ts'
import {
  cursorReset as cursorResetShape,
  drift,
  rejectedPage as rejectedPageShape,
  requested,
  run as runShape,
  syncStatus,
} from './sync.shapes.ts'
import { doorsOf, eventStream } from '../http/describing.ts'

const runRequest = z.strictObject({
  id: z.uuid().optional(),
  entities: z.array(z.string()).max(100).optional(),
  full: z.boolean().optional(),
  since: z.string().max(40).optional(),
  limit: z.int().min(1).max(2_000_000_000).optional(),
  ...part.shape,
})
const runId = z.object({ id: z.uuid() })
const rejectedPage = z.object({
  after: z.coerce.number().int().min(1).optional(),
  /** The same by its earlier name. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const cursorReset = z.strictObject({ entities: z.array(z.string()).min(1) })

const about = doorsOf('sync')
const lookEveryMs = 250

export const syncRoutes = new Hono<Env>()
  .get('/api/v1/sync', about('How true the mirror is, entity by entity', { 200: syncStatus }), async (c) =>
    c.json(await readSyncStatus(c.var.context, new Date(), pacingOf(c.var.house))),
  )
  .post(
    '/api/v1/sync/runs',
    about(
      'Ask for a sync',
      { 202: requested },
      { 422: ['entity_unknown', 'since_not_valid', 'filter_not_offered', 'until_alone'] },
    ),
    valid('json', runRequest),
    async (c) => c.json(await requestRun(c.var.context, c.req.valid('json')), 202),
  )
  .get(
    '/api/v1/sync/runs/:id',
    about('What a sync has come to', { 200: runShape }, { 404: ['run_unknown'] }),
    valid('param', runId),
    async (c) => c.json(await readRun(c.var.context, c.req.valid('param').id)),
  )
  .get(
    '/api/v1/sync/runs/:id/events',
    about(
      'A sync as it goes: server-sent events `progress`, at the end `finished`',
      { 200: eventStream('The run, whenever something changes', { progress: 'Run', finished: 'Run' }) },
      { 404: ['run_unknown'] },
    ),
    valid('param', runId),
    async (c) => {
      const { id } = c.req.valid('param')
      let run = await readRun(c.var.context, id)
      return streamSSE(c, async (stream) => {
        let told = ''
        while (!stream.aborted) {
          const data = JSON.stringify(run)
          if (data !== told) await stream.writeSSE({ event: run.finishedAt ? 'finished' : 'progress', data })
          told = data
          if (run.finishedAt || c.var.house.stopping.aborted) return
          await sleep(lookEveryMs)
          run = await readRun(c.var.context, id)
        }
      })
    },
  )
  .get(
    '/api/v1/sync/drift',
    about('Fields of Lightspeed that the mirror does not know, or could not read', { 200: drift }),
    async (c) => c.json(await readDrift(c.var.context)),
  )
  .get(
    '/api/v1/sync/:entity/rejected',
    about('Records that could not be stored, and why', { 200: rejectedPageShape }, { 404: ['entity_unknown'] }),
    valid('query', rejectedPage),
    async (c) => {
      const { after, before = after, limit } = c.req.valid('query')
      return c.json(await readRejected(c.var.context, c.req.param('entity'), { before, limit }))
    },
  )
  .post(
    '/api/v1/sync/cursor-resets',
    about('Read entities from the start at their next sync', { 200: cursorResetShape }, { 422: ['entity_unknown'] }),
    valid('json', cursorReset),
    async (c) => c.json(await resetCursors(c.var.context, c.req.valid('json').entities)),
  )
