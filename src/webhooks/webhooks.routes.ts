import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { must } from '../context.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { processWaiting, readCounts, readEvent, readEvents, replayEvent } from './events.actions.ts'
import { writeEnvelope, writeLetter } from './letters-out.ts'
import { receptionOf } from './reception.ts'
import { readRegistrations, registerWebhooks } from './registering.actions.ts'
import { processGiven, sendLetter, simulate } from './trying.actions.ts'
import { envelopeTypes, lightspeedTypes } from './types.rules.ts'
import {
  eventPage,
  given as givenShape,
  outgoing as outgoingShape,
  overview,
  registered,
  registrations,
  replayed,
  simulated,
  tested,
  wholeEvent,
  worked,
} from './webhooks.shapes.ts'
import { doorsOf as describedAs, told } from '../http/describing.ts'

const eventId = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })
const wishes = z.object({
  type: z.string().max(100).optional(),
  state: z.enum(['waiting', 'processed', 'failed', 'unknown']).optional(),
  door: z.enum(['lightspeed', 'envelope', 'courier']).optional(),
  after: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  /** The same by its earlier name. */
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const work = z.strictObject({ limit: z.int().min(1).max(1000).default(100) })
const given = z.object({
  event_id: z.string().min(1).max(200).optional(),
  event_type: z.string().min(1).max(100),
  created_at: z.iso.datetime({ offset: true }).optional(),
  data: z.unknown().optional(),
})
const address = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .transform((url) => new URL(url).origin)
const registration = z.strictObject({ url: address, dryRun: z.boolean().default(false) })
const letter = z.strictObject({
  event: z.string().min(1).max(100).default('product.updated'),
  /** Without any it speaks of no record, so it changes none. */
  data: z.record(z.string(), z.unknown()).default({ sample: true }),
  /** Only answers what would be sent. */
  dryRun: z.boolean().default(false),
})
const testLetter = letter.extend({ url: z.url({ protocol: /^https?$/ }).max(500) })

const about = describedAs('webhooks')

/** Looking at webhooks, doing them again, and trying the doors. */
export const webhookRoutes = new Hono<Env>()
  .get(
    '/api/v1/webhook-events',
    about('Webhooks that were let in, newest first', { 200: eventPage }),
    valid('query', wishes),
    async (c) => c.json(await readEvents(c.var.context, wished(c.req.valid('query')))),
  )
  .get(
    '/api/v1/webhook-events/:id',
    about('A webhook as it came, and what it led to', { 200: wholeEvent }, { 404: ['webhook_event_unknown'] }),
    valid('param', eventId),
    async (c) => c.json(await readEvent(c.var.context, c.req.valid('param').id)),
  )
  .post(
    '/api/v1/webhook-events',
    about('Take in an envelope and do it at once', { 201: givenShape }, { 422: ['webhook_type_unknown'] }),
    valid('json', given),
    async (c) => c.json(await processGiven(c.var.context, receptionOf(c.var.house), c.req.valid('json')), 201),
  )
  .post(
    '/api/v1/webhook-events/processing',
    about('Do what waits, at once', { 200: worked }),
    valid('json', work),
    async (c) => c.json(await processWaiting(c.var.context, c.req.valid('json').limit)),
  )
  .post(
    '/api/v1/webhook-events/:id/replay',
    about('Do a webhook again', { 202: replayed }, { 404: ['webhook_event_unknown'], 422: ['webhook_type_unknown'] }),
    valid('param', eventId),
    async (c) => c.json(await replayEvent(c.var.context, c.req.valid('param').id), 202),
  )
  .get(
    '/api/v1/webhooks',
    about('How many came of each kind, and which doors are open', { 200: overview }),
    async (c) => {
      const counts = await readCounts(c.var.context)
      return c.json({ doors: doorsOf(c), counts, types: { lightspeed: lightspeedTypes, envelope: envelopeTypes } })
    },
  )
  .get(
    '/api/v1/webhook-registrations',
    about('Where Lightspeed sends its webhooks', { 200: registrations }, { 502: [] }),
    async (c) => c.json(await readRegistrations(c.var.context, registeringOf(c))),
  )
  .post(
    '/api/v1/webhook-registrations',
    about('Have Lightspeed send its webhooks to an address of ours', { 200: registered }, { 502: [] }),
    valid('json', registration),
    async (c) => {
      const { url: origin, dryRun } = c.req.valid('json')
      return c.json(await registerWebhooks(c.var.context, registeringOf(c), { origin, dryRun }))
    },
  )
  .post(
    '/api/v1/webhook-tests',
    about('Send a signed envelope to an address', { 200: tested }, { 502: ['webhook_not_delivered'] }),
    valid('json', testLetter),
    async (c) => {
      must(c.var.actor, 'webhooks:test')
      const { url, event, data, dryRun } = c.req.valid('json')
      const outgoing = writeEnvelope(receptionOf(c.var.house).settings, event, data, new Date())
      if (dryRun) return c.json({ url, ...outgoing })
      return c.json(await sendLetter(c.var.context, url, outgoing))
    },
  )
  .post(
    '/api/v1/webhook-simulations',
    about('As if a webhook had come: signed, through its door, stored and queued', {
      200: told(outgoingShape, 'With `dryRun`: what would be sent'),
      202: simulated,
    }),
    valid('json', letter),
    async (c) => {
      const { event, data, dryRun } = c.req.valid('json')
      must(c.var.actor, 'webhooks:test')
      if (dryRun) return c.json(writeLetter(receptionOf(c.var.house).settings, event, data, new Date()))
      return c.json(await simulate(c.var.context, receptionOf(c.var.house), event, data), 202)
    },
  )

function wished({ after, before = after, ...query }: z.infer<typeof wishes>) {
  return { type: undefined, state: undefined, door: undefined, ...query, before }
}

function registeringOf(c: Context<Env>) {
  return { lightspeed: c.var.house.lightspeed.client, reception: receptionOf(c.var.house) }
}

function doorsOf(c: Context<Env>) {
  const { lightspeedSecrets, envelopeSecrets, courierSecrets, acceptUnsigned } = receptionOf(c.var.house).settings
  return {
    lightspeed: { isOpen: lightspeedSecrets.length > 0 || acceptUnsigned, acceptUnsigned },
    envelope: { isOpen: envelopeSecrets.length > 0 },
    couriers: [...new Set(courierSecrets.map(({ carrier }) => carrier))],
  }
}
