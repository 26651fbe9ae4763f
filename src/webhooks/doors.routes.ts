import { Hono, type Context } from 'hono'
import { bodyWithin } from '../http/body-size.ts'
import type { Env } from '../http/env.ts'
import { methodNotAllowed, tooLarge } from '../http/problem.ts'
import type { House } from '../house.ts'
import type { Kept } from './intake.store.ts'
import { receiveEnvelope, receiveFromLightspeed, type Letter } from './receiving.actions.ts'
import { receptionOf } from './reception.ts'
import { doorsOf as describedAs } from '../http/describing.ts'
import { takenIn } from './webhooks.shapes.ts'

/** Far above the largest webhook seen (a sale of 500 lines has 150 kB), far below what a flood could fill memory with. */
const largestLetterBytes = 512 * 1024

const byLightspeed = {
  name: 'X-Signature',
  description: '`signature=…,algorithm=HMAC-SHA256`: hex or base64, over the raw body',
}
const byEnvelope = {
  name: 'X-Lightspeed-Signature',
  description: '`sha256=` and the HMAC-SHA256 of the raw body in hex',
}

/** The doors for other systems: they prove themselves by signatures, and are answered before anything is done. */
export function webhookDoors(house: House) {
  const reception = receptionOf(house)
  return new Hono<Env>()
    .use(
      '/webhooks/*',
      bodyWithin(largestLetterBytes, () => tooLarge(largestLetterBytes)),
    )
    .post('/webhooks/lightspeed/:type', about('A webhook of Lightspeed itself', [byLightspeed]), async (c) =>
      answer(c, await receiveFromLightspeed(reception, c.req.param('type').slice(0, 100), await letterOf(c))),
    )
    .post('/webhooks/lightspeed', about('A signed envelope of a relay or another system', [byEnvelope]), async (c) =>
      answer(c, await receiveEnvelope(reception, { door: 'envelope' }, await letterOf(c))),
    )
    .post('/webhooks/courier/:carrier', about('A signed envelope of a courier', [byEnvelope]), async (c) =>
      answer(
        c,
        await receiveEnvelope(reception, { door: 'courier', carrier: c.req.param('carrier') }, await letterOf(c)),
      ),
    )
    .all('/webhooks/lightspeed/:type', onlyPost)
    .all('/webhooks/lightspeed', onlyPost)
    .all('/webhooks/courier/:carrier', onlyPost)
}

function about(summary: string, headers: { name: string; description: string }[]) {
  const parameters = headers.map(
    (header) => ({ in: 'header', ...header, required: true, schema: { type: 'string' } }) as const,
  )
  return describedAs('webhooks')(summary, { 202: takenIn }, refusals, { isOpen: true, parameters })
}

const refusals = {
  400: ['request_unreadable', 'webhook_unreadable'],
  401: ['webhook_signature_wrong', 'webhook_time_wrong'],
  405: ['method_not_allowed'],
  413: ['body_too_large'],
  429: ['too_many_requests'],
} as const

async function letterOf(c: Context<Env>): Promise<Letter> {
  const body = Buffer.from(await c.req.arrayBuffer())
  return { body, headers: c.req.raw.headers, correlationId: c.var.correlationId, now: new Date() }
}

function answer(c: Context<Env>, { id, isNew }: Kept) {
  return c.json({ status: isNew ? 'accepted' : 'already processed', id: String(id) }, 202)
}

function onlyPost(): Response {
  return methodNotAllowed(['POST'], 'Webhooks are sent by POST')
}
