import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import {
  readDifferences,
  readReconciliation,
  readReconciliations,
  requestReconciliation,
} from './reconciliations.actions.ts'
import { differencePage as differencePageShape, reconciliation, reconciliationPage } from './reconciliations.shapes.ts'
import { doorsOf } from '../http/describing.ts'
import { requested } from './sync.shapes.ts'

const request = z.strictObject({ entities: z.array(z.string()).max(100).optional(), dryRun: z.boolean().optional() })
const id = z.object({ id: z.uuid() })
const page = z.object({
  before: z.iso
    .datetime({ offset: true })
    .transform((given) => new Date(given))
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
const differencePage = z.object({
  entity: z.string().max(100).optional(),
  after: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

const about = doorsOf('sync')

export const reconciliationRoutes = new Hono<Env>()
  .post(
    '/api/v1/reconciliations',
    about(
      'Have the mirror compared with Lightspeed, and repaired',
      { 202: requested },
      { 409: ['reconciliation_running'], 422: ['entity_unknown'] },
    ),
    valid('json', request),
    async (c) => c.json(await requestReconciliation(c.var.context, c.req.valid('json')), 202),
  )
  .get(
    '/api/v1/reconciliations',
    about('Comparisons with Lightspeed, newest first', { 200: reconciliationPage }),
    valid('query', page),
    async (c) => c.json(await readReconciliations(c.var.context, { before: undefined, ...c.req.valid('query') })),
  )
  .get(
    '/api/v1/reconciliations/:id',
    about('What a comparison has come to', { 200: reconciliation }, { 404: ['reconciliation_unknown'] }),
    valid('param', id),
    async (c) => c.json(await readReconciliation(c.var.context, c.req.valid('param').id)),
  )
  .get(
    '/api/v1/reconciliations/:id/differences',
    about(
      'The records that differed, with the explanation of each',
      { 200: differencePageShape },
      { 404: ['reconciliation_unknown', 'entity_unknown'] },
    ),
    valid('param', id),
    valid('query', differencePage),
    async (c) => {
      const wished = { entity: undefined, after: undefined, ...c.req.valid('query') }
      return c.json(await readDifferences(c.var.context, c.req.valid('param').id, wished))
    },
  )
