import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { cleanUp } from './cleaning.actions.ts'

const cleaning = z.strictObject({ days: z.int().min(1).max(3650), dryRun: z.boolean().default(false) })

export const cleaningRoutes = new Hono<Env>().post(
  '/api/v1/cleanups',
  describeRoute({
    tags: ['operation'],
    summary: 'Remove old webhooks, logs, jobs, runs and reconciliations, or count them',
  }),
  valid('json', cleaning),
  async (c) => c.json(await cleanUp(c.var.context, c.req.valid('json'))),
)
