import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { retryJob } from './failing.actions.ts'
import { clearJobs, deleteJob, jobStates, readJob, readJobs } from './jobs.actions.ts'
import { processJobs } from './processing.actions.ts'
import { readJobStats } from './stats.actions.ts'
import { cleared, deletedShape, job, jobPage, jobStats, processed, retried } from './jobs.shapes.ts'
import { doorsOf } from '../http/describing.ts'

const about = doorsOf('jobs')

const kind = z.string().max(100).optional()
const jobId = z.object({ id: z.uuid() })
const jobWishes = z.object({
  kind,
  state: z.enum(jobStates).optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const clearing = z.strictObject({
  state: z.enum(['done', 'failed', 'cancelled']),
  days: z.int().min(0).max(3650),
  kind,
  dryRun: z.boolean().optional(),
})
const processing = z.strictObject({ kind, batch: z.int().min(1).max(1000).default(100) })
const reason = z.strictObject({ reason: z.string().trim().min(3).max(500) })

export const jobsRoutes = new Hono<Env>()
  .get(
    '/api/v1/jobs',
    about('Jobs, newest first', { 200: jobPage }, { 422: ['kind_unknown'] }),
    valid('query', jobWishes),
    async (c) => c.json(await readJobs(c.var.context, c.req.valid('query'))),
  )
  .get(
    '/api/v1/jobs/stats',
    about('How the queue is doing, kind by kind, and who works', { 200: jobStats }),
    async (c) => {
      const { workerSilentSeconds } = c.var.house.config
      return c.json(await readJobStats(c.var.context, workerSilentSeconds))
    },
  )
  .post(
    '/api/v1/jobs/processing',
    about('Do waiting jobs here and now, and say how they ended', { 200: processed }, { 422: ['kind_unknown'] }),
    valid('json', processing),
    async (c) => c.json(await processJobs(c.var.house, c.var.context, c.req.valid('json'))),
  )
  .post(
    '/api/v1/jobs/clearings',
    about('Remove jobs that have been over for so many days', { 200: cleared }, { 422: ['kind_unknown'] }),
    valid('json', clearing),
    async (c) => c.json(await clearJobs(c.var.context, c.req.valid('json'))),
  )
  .get(
    '/api/v1/jobs/:id',
    about('One of them', { 200: job }, { 404: ['job_unknown'] }),
    valid('param', jobId),
    async (c) => c.json(await readJob(c.var.context, c.req.valid('param').id)),
  )
  .post(
    '/api/v1/jobs/:id/retry',
    about(
      'Try one that failed now, instead of when its next try is due',
      { 202: retried },
      { 409: ['job_not_failing'] },
    ),
    valid('param', jobId),
    async (c) => c.json(await retryJob(c.var.context, c.req.valid('param').id), 202),
  )
  .delete(
    '/api/v1/jobs/:id',
    about(
      'Remove one that does not run, with the reason',
      { 200: deletedShape },
      { 404: ['job_unknown'], 409: ['job_running'] },
    ),
    valid('param', jobId),
    valid('json', reason),
    async (c) => {
      await deleteJob(c.var.context, c.req.valid('param').id, c.req.valid('json').reason)
      return c.json({ deleted: true })
    },
  )
