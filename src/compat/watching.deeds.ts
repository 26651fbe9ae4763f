import { z } from 'zod'
import { countLog, readLog } from '../audit/reading.actions.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readHealth, type Health } from '../ops/health.actions.ts'
import { version as ours } from '../ops/version.ts'
import { deed } from './deed.ts'
import { flag, text, wholeNumber } from './parameters.ts'
import { log, logCounts } from '../audit/audit.shapes.ts'
import { health as healthShape, readiness } from '../ops/ops.shapes.ts'

const nothing = z.strictObject({})
const answeringShape = readiness.extend({ version: z.string(), startedAt: z.string().meta({ format: 'date-time' }) })
const ourVersion = z.object({ name: z.literal('Consign'), version: z.string(), node: z.string() })

export const health = deed({
  summary: 'Every part with its state and its cure; 503 when one is not well',
  takes: nothing,
  example: {},
  tells: healthShape,
  does: async (c) => well(await readHealth(c.var.house)),
})

export const healthApi = deed({
  summary: 'Whether Consign and Lightspeed answer; 503 when Lightspeed does not',
  takes: nothing,
  example: {},
  tells: answeringShape,
  does: async (c) => {
    const { parts } = await readHealth(c.var.house)
    const lightspeed = parts.filter(({ name }) => name === 'lightspeed')
    const answering = well({ ok: lightspeed.every(({ ok }) => ok), parts: lightspeed })
    return { ...answering, version: ours, startedAt: c.var.house.startedAt.toISOString() }
  },
})

function well<Found extends Health>(found: Found): Found {
  if (found.ok) return found
  const said = found.parts.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`)
  throw new Refusal('misconfigured', 'not_well', said.join('; '), { parts: found.parts })
}

const time = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((given) => new Date(given))

export const auditLogs = deed({
  summary: 'Changes, syncs and calls to Lightspeed in one list, newest first, `limit` (100) at the most',
  takes: z.strictObject({
    entity: text(200).optional(),
    status: z.union([z.enum(['done', 'failed']), z.string().regex(/^\d{3}$/)]).optional(),
    correlation: text(200).optional(),
    since: time.optional(),
    errors_only: flag.default(false),
    limit: wholeNumber([1, 1000]).default(100),
  }),
  example: { entity: 'products', limit: 20 },
  tells: log,
  does: (c, { errors_only: errorsOnly, ...filter }) => readLog(c.var.context, { ...filter, errorsOnly }),
})

const dayMs = 24 * 3_600_000

export const auditStatus = deed({
  summary: 'How many changes, syncs and calls there were in the last 24 hours, by entity and status',
  takes: nothing,
  example: {},
  tells: logCounts,
  does: (c) => countLog(c.var.context, new Date(Date.now() - dayMs)),
})

export const version = deed({
  summary: 'Which Consign this is',
  takes: nothing,
  example: {},
  tells: ourVersion,
  does: async () => ({ name: 'Consign' as const, version: ours, node: process.version }),
})
