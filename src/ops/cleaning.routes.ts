import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { cleanUp } from './cleaning.actions.ts'
import { cleaned } from './ops.shapes.ts'
import { doorsOf } from '../http/describing.ts'

const cleaning = z.strictObject({ days: z.int().min(1).max(3650), dryRun: z.boolean().default(false) })

export const cleaningRoutes = new Hono<Env>().post(
  '/api/v1/cleanups',
  doorsOf('operation')('Remove old webhooks, logs, jobs, runs and reconciliations, or count them', { 200: cleaned }),
  valid('json', cleaning),
  async (c) => c.json(await cleanUp(c.var.context, c.req.valid('json'))),
)
