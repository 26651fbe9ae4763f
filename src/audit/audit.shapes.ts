import { z } from 'zod'
import { count, pageOf, shapeOf, text, time, type Told } from '../http/shape.ts'
import type { countLog, readAudit, readLog, readPerformance } from './reading.actions.ts'
import type { Verification } from './verifying.actions.ts'

const entry = z
  .object({
    id: count,
    sequence: count.describe('Its place in the chain'),
    at: time,
    action: text,
    entity: text,
    entityId: text,
    actor: text,
    correlationId: text,
    before: z.unknown(),
    after: z.unknown(),
    reason: text.nullable(),
    hash: text.describe('SHA-256 over this row and the one before'),
  })
  .meta({ ref: 'AuditEntry' })

export const auditPage = shapeOf<Told<typeof readAudit>>()('AuditPage', pageOf(entry))

export const verification = shapeOf<Verification>()(
  'AuditVerification',
  z.object({
    isTrue: z.boolean(),
    rows: count,
    head: z.object({ sequence: count, hash: text }),
    fault: z
      .object({
        kind: z.enum(['changed', 'removed', 'gap', 'unsealed', 'cut_off']),
        sequence: count.nullable(),
        id: count.nullable(),
        message: text,
      })
      .nullable(),
  }),
)

const about = { kind: z.enum(['call', 'change', 'sync']), entity: text, status: z.enum(['done', 'failed']) }

export const log = shapeOf<Told<typeof readLog>>()(
  'Log',
  z.object({
    data: z.array(
      z.object({
        at: time,
        ...about,
        what: text,
        httpStatus: count.nullable(),
        durationMs: z.number().nullable(),
        actor: text.nullable(),
        correlationId: text.nullable(),
        detail: text.nullable(),
      }),
    ),
  }),
)

export const logCounts = shapeOf<Told<typeof countLog>>()(
  'LogCounts',
  z.object({ since: time, counts: z.array(z.object({ ...about, lines: count, lastAt: time })) }),
)

const milliseconds = z.number().describe('Milliseconds')

export const performance = shapeOf<Told<typeof readPerformance>>()(
  'Performance',
  z.object({
    since: time,
    endpoints: z.array(
      z.object({ method: text, endpoint: text, calls: count, failures: count, p50: milliseconds, p95: milliseconds }),
    ),
  }),
)
