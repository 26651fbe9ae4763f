import { z } from 'zod'
import { count, pageOf, shapeOf, text, time, type Told } from '../http/shape.ts'
import type { processWaiting, readCounts, readEvent, readEvents, replayEvent } from './events.actions.ts'
import type { Outgoing } from './letters-out.ts'
import type { readRegistrations, registerWebhooks } from './registering.actions.ts'
import type { processGiven, sendLetter, simulate } from './trying.actions.ts'
import { envelopeTypes, lightspeedTypes } from './types.rules.ts'

const event = z
  .object({
    id: text,
    door: text.describe('lightspeed, envelope or courier'),
    carrier: text.nullable(),
    type: text,
    eventId: text.nullable(),
    isSigned: z.boolean(),
    sentAt: time.nullable(),
    receivedAt: time,
    correlationId: text,
    state: text.describe('waiting, processed, failed or unknown'),
    attempts: count,
    outcome: text.nullable(),
    error: text.nullable(),
    finishedAt: time.nullable(),
    replays: count,
  })
  .meta({ ref: 'WebhookEvent' })

export const eventPage = shapeOf<Told<typeof readEvents>>()('WebhookEventPage', pageOf(event))

/** JSON that may hold itself is told as anything. */
type WholeEvent = Omit<Told<typeof readEvent>, 'headers' | 'data'> & { headers: unknown; data: unknown }

export const wholeEvent = shapeOf<WholeEvent>()(
  'WholeWebhookEvent',
  event.extend({ headers: z.unknown(), body: text.describe('Its bytes as text'), data: z.unknown() }),
)

export const given = shapeOf<Told<typeof processGiven>>()(
  'ProcessedEnvelope',
  z.object({ id: text, status: z.enum(['processed', 'already processed']), outcome: text }),
)

export const worked = shapeOf<Told<typeof processWaiting>>()(
  'ProcessedWebhooks',
  z.object({
    done: z.array(z.object({ id: text, outcome: text })),
    failed: z.array(z.object({ id: text, error: text })),
  }),
)

export const replayed = shapeOf<Told<typeof replayEvent>>()('Replayed', z.object({ id: text, state: text }))

const counts = shapeOf<Told<typeof readCounts>>()(
  'WebhookCounts',
  z.array(z.object({ door: text, type: text, state: text, events: count, lastReceivedAt: time })),
)

export const typesShape = z.object({
  lightspeed: z.array(z.enum(lightspeedTypes)),
  envelope: z.array(z.enum(envelopeTypes)),
})

const isOpen = z.boolean()

export const overview = z
  .object({
    doors: z.object({
      lightspeed: z.object({ isOpen, acceptUnsigned: z.boolean() }),
      envelope: z.object({ isOpen }),
      couriers: z.array(text),
    }),
    counts,
    types: typesShape,
  })
  .meta({ ref: 'WebhookOverview' })

const place = { type: z.enum(lightspeedTypes), url: text }

export const registrations = shapeOf<Told<typeof readRegistrations>>()(
  'WebhookRegistrations',
  z.object({
    origin: text.nullable(),
    problem: text.nullable(),
    data: z.array(z.object({ ...place, state: z.enum(['missing', 'registered', 'switched_off']) })),
    others: z.array(z.object({ id: text, type: text, url: text, active: z.boolean() })),
  }),
)

type Registered = Omit<Told<typeof registerWebhooks>, 'dryRun'> & { dryRun: boolean }

export const registered = shapeOf<Registered>()(
  'RegisteredWebhooks',
  z.object({
    origin: text,
    dryRun: z.boolean(),
    data: z.array(z.object({ ...place, step: z.enum(['activate', 'create', 'keep']) })),
  }),
)

const headers = z.record(z.string(), z.string())

export const outgoing = shapeOf<Outgoing>()('OutgoingWebhook', z.object({ path: text, body: text, headers }))
const sent = shapeOf<Told<typeof sendLetter>>()(
  'SentWebhook',
  z.object({ url: text, status: count, ms: z.number(), answer: text, headers, body: text }),
)
export const tested = z.union([sent, outgoing.extend({ url: text }).describe('With `dryRun`: what would be sent')])
export const simulated = shapeOf<Told<typeof simulate>>()(
  'SimulatedWebhook',
  z.object({ id: text, type: text, status: text }),
)

export const takenIn = z
  .object({ status: z.enum(['accepted', 'already processed']), id: text })
  .meta({ ref: 'WebhookTakenIn' })
