import { z } from 'zod'
import { consignment } from '../consignments/consignments.shapes.ts'
import { links } from '../consignments/stage.rules.ts'
import { count, pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import { statuses } from '../consignments/lifecycle.rules.ts'
import type { tryPull } from './pulling.actions.ts'
import type { readBridge, readConflicts, tryPush } from './resolving.actions.ts'
import type { readWriting } from './writing.actions.ts'

export const writing = shapeOf<Told<typeof readWriting>>()(
  'LightspeedWriting',
  z.object({ origin: text.nullable(), isOn: z.boolean(), changedBy: text.nullable(), changedAt: time.nullable() }),
)

const field = text.nullable()

const side = z.object({
  status: text.nullable(),
  header: z
    .object({
      outletId: field,
      sourceOutletId: field,
      supplierId: field,
      name: field,
      reference: field,
      dueAt: field,
    })
    .optional(),
  lines: z.record(text, z.object({ count: text, received: text.nullable() })).describe('By product'),
})

const leg = z.object({
  position: count,
  token: text.describe('Ours, in the number or the name that Lightspeed shows'),
  remoteId: text.nullable(),
  remoteStatus: text.nullable(),
  agreedStatus: text.nullable(),
  seenAt: time.nullable(),
  isTheirs: z.boolean().describe('Somebody made it in Lightspeed'),
  takeInAt: time.nullable().describe('Since when what has come is to be received there, though the rest is waited for'),
  finishedAt: time.nullable().describe('Since when it is over, and the next one goes on'),
  carried: z.record(text, text).nullable().describe('What it brought into stock, by product'),
})

const conflict = z.object({
  reasons: z.array(text),
  ours: side,
  theirs: side.nullable().describe('null where it is gone in Lightspeed'),
  foundAt: time,
  seenAt: time,
})

export const bridge = shapeOf<Told<typeof readBridge>>()(
  'ConsignmentInLightspeed',
  z.object({
    number: text,
    lightspeed: z.enum(links),
    waitsFor: text.nullable().describe('Why what is queued is not written just now; null when it is'),
    leg: leg.nullable().describe('The last one, which is pushed to'),
    legs: z.array(leg).describe('All of them, the first one first'),
    conflict: conflict.nullable(),
  }),
)

export const triedPush = shapeOf<Told<typeof tryPush>>()(
  'TriedPush',
  z.object({
    dryRun: z.literal(true),
    number: text,
    remoteId: text.nullable(),
    requests: z.array(z.object({ method: text, path: text, body: z.unknown() })),
    outOfReach: z.array(text).describe('What no request can bring about; then nothing would be sent'),
  }),
)

/** An act that can be tried, and was done. */
export const asked = consignment.extend({ dryRun: z.boolean() }).meta({ ref: 'AskedOfConsignment' })

export const triedPull = shapeOf<Told<typeof tryPull>>()(
  'TriedPull',
  z.object({
    dryRun: z.literal(true),
    number: text,
    steps: z.array(z.enum(statuses)).describe('Forward, as somebody went in Lightspeed'),
    arrived: z.array(text).describe('Products of which more was received there'),
    reasons: z.array(text).describe('Why it would be a conflict'),
    theirs: side.nullable(),
  }),
)

export const conflicts = shapeOf<Told<typeof readConflicts>>()(
  'ConflictPage',
  pageOf(conflict.extend({ consignmentId: uuid, number: text })),
)
