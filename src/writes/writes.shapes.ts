import { z } from 'zod'
import { pageOf, shapeOf, text, time, uuid } from '../http/shape.ts'
import { writeKinds, writeStates } from './writes.rules.ts'
import type { rehearsal, wished, writeView } from './writes.view.ts'

const fields = {
  id: uuid,
  kind: z.enum(writeKinds),
  state: z.enum(writeStates),
  reason: text.nullable(),
  wish: z.unknown().describe('What was asked for'),
  remoteId: text.nullable().describe('The record in Lightspeed'),
  result: z.unknown().describe('What Lightspeed said when it was read back; null until it is done'),
  failure: text.nullable().describe('Why it lies among the dead letters'),
  isAsked: z.boolean().describe('Lightspeed was asked, and its answer has not been read'),
  waitsFor: text.nullable().describe('Why nothing is written to Lightspeed just now'),
  wishedBy: text,
  wishedAt: time,
  finishedAt: time.nullable(),
  correlationId: text,
}

export const lightspeedWrite = shapeOf<ReturnType<typeof writeView>>()('LightspeedWrite', z.object(fields))

export const writePage = pageOf(lightspeedWrite).meta({ ref: 'LightspeedWritePage' })

export const wishedWrite = shapeOf<ReturnType<typeof wished>>()(
  'WishedLightspeedWrite',
  z.object({ dryRun: z.literal(false), ...fields }),
)

export const rehearsed = shapeOf<ReturnType<typeof rehearsal>>()(
  'RehearsedLightspeedWrite',
  z.object({
    dryRun: z.literal(true),
    requests: z.array(z.object({ method: text, path: text, body: z.unknown() })).describe('What would be sent'),
  }),
)
