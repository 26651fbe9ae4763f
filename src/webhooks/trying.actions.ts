import { randomUUID } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { must, type Context } from '../context.ts'
import { Refusal } from '../kernel/refusal.ts'
import { writeLetter, type Outgoing } from './letters-out.ts'
import { envelope, envelopeKey } from './letters.ts'
import { processEvent } from './processing.actions.ts'
import { receiveEnvelope, receiveFromLightspeed, type Reception } from './receiving.actions.ts'
import { envelopeTypes, isEnvelopeType, isLightspeedType } from './types.rules.ts'

const longestWaitMs = 10_000
const mostAnswerCharacters = 2_000

/** Sends a signed webhook to an address and tells what came back. Throws a Refusal where nobody answers. */
export async function sendLetter({ actor }: Context, url: string, { body, headers }: Outgoing) {
  must(actor, 'webhooks:test')
  const started = performance.now()
  try {
    const signal = AbortSignal.timeout(longestWaitMs)
    const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal })
    const said = (await answer.text()).slice(0, mostAnswerCharacters)
    return { url, status: answer.status, ms: Math.round(performance.now() - started), answer: said, headers, body }
  } catch (error) {
    const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : ''
    throw new Refusal('unreachable', 'webhook_not_delivered', `Nobody took the webhook at ${url}: ${reason}`, { url })
  }
}

/** As if a webhook had come just now: written and signed as its sender would, then received like any other. */
export async function simulate({ actor, correlationId }: Context, reception: Reception, type: string, data: object) {
  must(actor, 'webhooks:test')
  const now = new Date()
  const { body, headers } = writeLetter(reception.settings, type, data, now)
  const letter = { body: Buffer.from(body), headers: new Headers(headers), correlationId, now }
  const { id, isNew } = isLightspeedType(type)
    ? await receiveFromLightspeed(reception, type, letter)
    : await receiveEnvelope(reception, { door: 'envelope' }, letter)
  return { id: String(id), type, status: isNew ? 'accepted' : 'already processed' }
}

export type Given = {
  event_id?: string | undefined
  event_type: string
  created_at?: string | undefined
  data?: unknown
}

/**
 * Takes an envelope from somebody who is signed in, and does it at once: the same as through the door, without the
 * signature. Throws a Refusal for a type that nothing is done with.
 */
export async function processGiven(
  { database, actor, correlationId }: Context,
  { intake }: Reception,
  given: Given,
): Promise<{ id: string; status: 'processed' | 'already processed'; outcome: string }> {
  must(actor, 'webhooks:run')
  if (!isEnvelopeType(given.event_type)) throw unknownType(given.event_type)
  const now = new Date().toISOString()
  const whole = { event_id: randomUUID(), created_at: now, data: {}, ...definedOf(given) }
  const body = Buffer.from(JSON.stringify(whole))
  const { event_id: eventId, created_at: sentAt } = envelope.parse(whole)
  const { id, isNew } = await intake.accept({
    door: 'envelope',
    carrier: null,
    type: given.event_type,
    senderEventId: eventId,
    dedupeKey: envelopeKey('envelope ', eventId),
    isSigned: true,
    body,
    headers: { 'x-given-by': actor.id },
    sentAt,
    correlationId,
    isKnown: true,
  })
  return { id: String(id), ...(await doNow(database, id, isNew)) }
}

async function doNow(database: Database, id: number, isNew: boolean) {
  const { outcome } = await processEvent(database, id)
  return { status: isNew ? ('processed' as const) : ('already processed' as const), outcome }
}

function definedOf(given: Given): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function unknownType(type: string): Refusal {
  const message = `Nothing is done with webhooks of the type ${type}. Done are: ${envelopeTypes.join(', ')}`
  return new Refusal('not_lawful', 'webhook_type_unknown', message, { type, known: envelopeTypes })
}
