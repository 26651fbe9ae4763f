import { randomUUID } from 'node:crypto'
import type { WebhookSettings } from '../config.ts'
import { Refusal } from '../kernel/refusal.ts'
import { envelopeSignature, lightspeedSignature } from './signature.ts'
import { isLightspeedType } from './types.rules.ts'

export type Outgoing = { path: string; body: string; headers: Record<string, string> }

/** A webhook as its sender would write and sign it: Lightspeed's own types as a form, all others as an envelope. */
export function writeLetter(settings: WebhookSettings, type: string, data: unknown, now: Date): Outgoing {
  return isLightspeedType(type) ? writeForm(settings, type, data) : writeEnvelope(settings, type, data, now)
}

/** A signed envelope. Throws a Refusal where its secret is not set. */
export function writeEnvelope({ envelopeSecrets }: WebhookSettings, type: string, data: unknown, now: Date): Outgoing {
  const secret = secretOf(envelopeSecrets, 'LS_WEBHOOK_SECRET')
  const letter = { event_id: randomUUID(), event_type: type, created_at: now.toISOString(), data }
  return { path: '/webhooks/lightspeed', ...writeSigned(letter, secret) }
}

type Letter = { event_id: string; event_type: string; created_at: string; data: unknown }

/** An envelope as it goes over the wire, signed over its bytes; without a secret unsigned. */
export function writeSigned(letter: Letter, secret: string | undefined): Omit<Outgoing, 'path'> {
  const body = JSON.stringify(letter)
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (secret !== undefined) headers['x-lightspeed-signature'] = envelopeSignature(Buffer.from(body), secret)
  return { body, headers }
}

function writeForm({ lightspeedSecrets }: WebhookSettings, type: string, data: unknown): Outgoing {
  const secret = secretOf(lightspeedSecrets, 'LIGHTSPEED_CLIENT_SECRET')
  const body = new URLSearchParams({ payload: JSON.stringify(data) }).toString()
  return {
    path: `/webhooks/lightspeed/${type}`,
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-signature': lightspeedSignature(Buffer.from(body), secret),
    },
  }
}

function secretOf([secret]: readonly string[], setting: string): string {
  if (secret !== undefined) return secret
  throw new Refusal('misconfigured', 'webhook_secret_missing', `Set ${setting}: without it nothing can be signed`)
}
