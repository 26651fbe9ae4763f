import type { WebhookSettings } from '../config.ts'
import { Refusal } from '../kernel/refusal.ts'
import { staleness } from './freshness.rules.ts'
import type { Kept } from './intake.store.ts'
import type { Intake } from './intake.ts'
import { envelope, envelopeKey, keptHeaders, lightspeedKey, readForm, readJson } from './letters.ts'
import { digestOfEnvelope, digestOfLightspeed, isSignedBy } from './signature.ts'
import { isEnvelopeType, isLightspeedType } from './types.rules.ts'

/** A request at one of the webhook doors. */
export type Letter = { body: Buffer; headers: Headers; correlationId: string; now: Date }

export type Reception = { settings: WebhookSettings; intake: Intake }

/** Lightspeed's own webhook: stored and queued, nothing more. Throws Refusals: 400 unreadable, 401 not signed right. */
export function receiveFromLightspeed({ settings, intake }: Reception, type: string, letter: Letter): Promise<Kept> {
  const { body, headers, correlationId, now } = letter
  const payload = readForm(body)
  if (!payload) throw unreadable('give a form with a field `payload` that holds JSON')
  const isSigned = proveLightspeed(settings, letter)
  return intake.accept({
    door: 'lightspeed',
    carrier: null,
    type,
    senderEventId: null,
    dedupeKey: lightspeedKey(type, payload, now),
    isSigned,
    body,
    headers: keptHeaders(headers),
    sentAt: null,
    correlationId,
    isKnown: isLightspeedType(type),
  })
}

export type Sender = { door: 'envelope' } | { door: 'courier'; carrier: string }

/** A signed envelope. Throws Refusals: 400 unreadable, 401 not signed right, too old, or from the future. */
export function receiveEnvelope({ settings, intake }: Reception, sender: Sender, letter: Letter): Promise<Kept> {
  const { body, headers, correlationId, now } = letter
  const secrets = secretsOf(settings, sender)
  if (secrets.length === 0) throw wrongSignature()
  const read = readJson(body)
  if (!read) throw unreadable('the body is not JSON')
  const digest = digestOfEnvelope(headers.get('x-lightspeed-signature') ?? '')
  if (!digest || !isSignedBy(body, digest, secrets)) throw wrongSignature()
  const parsed = envelope.safeParse(read.json)
  if (!parsed.success) throw unreadable(`give {event_id, event_type, created_at, data}: ${issuesOf(parsed.error)}`)
  const { event_id: eventId, event_type: type, created_at: sentAt } = parsed.data
  const stale = staleness(sentAt, now)
  if (stale) throw wrongTime(stale)
  const carrier = sender.door === 'courier' ? sender.carrier : null
  return intake.accept({
    door: sender.door,
    carrier,
    type,
    senderEventId: eventId,
    dedupeKey: envelopeKey(`${sender.door} ${carrier ?? ''}`, eventId),
    isSigned: true,
    body,
    headers: keptHeaders(headers),
    sentAt,
    correlationId,
    isKnown: sender.door === 'courier' || isEnvelopeType(type),
  })
}

/** Whether it was signed. JUDGMENT: hooks added by hand in the shop are not; they come in only where a setting says so. */
function proveLightspeed({ lightspeedSecrets, acceptUnsigned }: WebhookSettings, { body, headers }: Letter): boolean {
  const header = headers.get('x-signature')
  if (header === null && acceptUnsigned) return false
  const digest = digestOfLightspeed(header ?? '')
  if (digest && isSignedBy(body, digest, lightspeedSecrets)) return true
  throw wrongSignature()
}

function secretsOf({ envelopeSecrets, courierSecrets }: WebhookSettings, sender: Sender): readonly string[] {
  if (sender.door === 'envelope') return envelopeSecrets
  return courierSecrets.filter(({ carrier }) => carrier === sender.carrier).map(({ secret }) => secret)
}

function issuesOf({ issues }: { issues: { path: PropertyKey[]; message: string }[] }): string {
  return issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
}

function unreadable(because: string): Refusal {
  return new Refusal('unreadable', 'webhook_unreadable', `This webhook cannot be read: ${because}`)
}

/** One answer for every reason, so that nobody learns which carriers there are or how near a guess was. */
function wrongSignature(): Refusal {
  return new Refusal('not_signed_in', 'webhook_signature_wrong', 'This webhook is not signed, or not with our secret')
}

function wrongTime(stale: 'too_old' | 'from_the_future'): Refusal {
  const message = stale === 'too_old' ? 'This webhook is older than 5 minutes' : 'This webhook comes from the future'
  return new Refusal('not_signed_in', 'webhook_time_wrong', `${message}: sign it again with the present time`)
}
