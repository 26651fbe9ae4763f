import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { countLog, readAudit, readLog, readPerformance } from './reading.actions.ts'
import { verifyAudit } from './verifying.actions.ts'
import { auditPage, log, logCounts, performance, verification } from './audit.shapes.ts'
import { doorsOf } from '../http/describing.ts'

const text = z.string().min(1).max(200)
const time = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((given) => new Date(given))

const auditFilter = z.object({
  entity: text.optional(),
  id: text.optional(),
  action: text.optional(),
  actor: text.optional(),
  correlation: text.optional(),
  since: time.optional(),
  until: time.optional(),
  after: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

const logFilter = z.object({
  entity: text.optional(),
  status: z.union([z.enum(['done', 'failed']), z.string().regex(/^\d{3}$/)]).optional(),
  correlation: text.optional(),
  since: time.optional(),
  errorsOnly: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
})

const span = z.object({ since: time.optional() })
const usualSpanMs = 24 * 3_600_000

const about = doorsOf('audit')

export const auditRoutes = new Hono<Env>()
  .get(
    '/api/v1/audit',
    about('Who did what, before and after, newest first; `next` goes into `after`', { 200: auditPage }),
    valid('query', auditFilter),
    async (c) => {
      const { id: entityId, after: before, ...filter } = c.req.valid('query')
      return c.json(await readAudit(c.var.context, { ...filter, entityId, before }))
    },
  )
  .get(
    '/api/v1/audit/verification',
    about('Compute the chain of the audit again, and name the first row that does not fit', { 200: verification }),
    async (c) => c.json(await verifyAudit(c.var.context)),
  )
  .get(
    '/api/v1/audit/log',
    about('Changes, syncs and calls to Lightspeed in one list, newest first', { 200: log }),
    valid('query', logFilter),
    async (c) => {
      const { errorsOnly, ...filter } = c.req.valid('query')
      return c.json(await readLog(c.var.context, { ...filter, errorsOnly: errorsOnly === 'true' }))
    },
  )
  .get(
    '/api/v1/audit/counts',
    about('How much was changed, synced and asked, by entity and status; of a day unless `since` is given', {
      200: logCounts,
    }),
    valid('query', span),
    async (c) => c.json(await countLog(c.var.context, sinceOr(c.req.valid('query')))),
  )
  .get(
    '/api/v1/audit/performance',
    about(
      'How long Lightspeed took to answer, by endpoint (p50 and p95 in milliseconds); of a day unless `since` is given',
      { 200: performance },
    ),
    valid('query', span),
    async (c) => c.json(await readPerformance(c.var.context, sinceOr(c.req.valid('query')))),
  )

function sinceOr({ since = new Date(Date.now() - usualSpanMs) }: { since?: Date | undefined }): Date {
  return since
}
