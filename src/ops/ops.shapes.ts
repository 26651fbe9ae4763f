import { z } from 'zod'
import { count, pageOf, shapeOf, text, time, type Told } from '../http/shape.ts'
import type { AlertView, Watching } from './alerts.actions.ts'
import type { cleanUp } from './cleaning.actions.ts'
import type { Health, WholeHealth, readGrade } from './health.actions.ts'

const colour = z.enum(['green', 'amber', 'red'])
const part = z.object({ name: text, ok: z.boolean(), grade: colour, detail: text, cure: text.nullable() })
const judged = {
  grade: colour,
  reasons: z.array(text),
  mayWrite: z.boolean().describe('Whether Consign writes to Lightspeed just now'),
}

export const grade = shapeOf<Told<typeof readGrade>>()('Grade', z.object(judged))
export const readiness = shapeOf<Health>()('Readiness', z.object({ ok: z.boolean(), parts: z.array(part) }))
export const health = shapeOf<WholeHealth>()('Health', z.object({ ok: z.boolean(), parts: z.array(part), ...judged }))
export const alive = z
  .object({ ok: z.literal(true), version: text, pid: count, startedAt: time })
  .meta({ ref: 'Alive' })

/** A cure is one of the sentences of the rules: text for who reads it. */
type Alert = Omit<AlertView, 'cure'> & { cure: string | null }

export const alert = shapeOf<Alert>()(
  'Alert',
  z.object({
    id: text,
    rule: text,
    cause: text,
    severity: text,
    title: text,
    message: text,
    cure: text.nullable(),
    runbook: text,
    openedAt: time,
    lastSeenAt: time,
    resolvedAt: time.nullable(),
    acknowledgedAt: time.nullable(),
    acknowledgedBy: text.nullable(),
  }),
)

export const alertPage = pageOf(alert).meta({ ref: 'AlertPage' })
export const watched = shapeOf<{ [Of in keyof Watching]: Alert[] }>()(
  'Watched',
  z.object({ opened: z.array(alert), resolved: z.array(alert) }),
)

export const cleaned = shapeOf<Told<typeof cleanUp>>()(
  'Cleaned',
  z.object({
    days: count,
    dryRun: z.boolean(),
    data: z.array(
      z.object({
        what: z.enum(['webhooks', 'calls', 'jobs', 'runs', 'reconciliations']),
        rows: count,
        keptDays: count,
      }),
    ),
  }),
)
