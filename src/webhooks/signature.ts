import { createHmac, timingSafeEqual } from 'node:crypto'

const digestBytes = 32

/** `X-Signature: signature=<digest>,algorithm=HMAC-SHA256`, as Lightspeed signs; undefined where it cannot be that. */
export function digestOfLightspeed(header: string): Buffer | undefined {
  const parts = new Map(header.split(',').map(partAtFirstSign))
  const algorithm = parts.get('algorithm')
  if (algorithm !== undefined && algorithm.toUpperCase() !== 'HMAC-SHA256') return undefined
  return readDigest(parts.get('signature') ?? '')
}

/** `X-Lightspeed-Signature: sha256=<digest>`, as envelopes are signed. */
export function digestOfEnvelope(header: string): Buffer | undefined {
  const [scheme, digest] = partAtFirstSign(header)
  return scheme === 'sha256' ? readDigest(digest) : undefined
}

/**
 * Whether one of the secrets made the digest, over the bytes exactly as they came. Every secret is tried, in constant
 * time, so that the answer's delay tells nothing of how near a guess was. Two are valid while one replaces the other.
 */
export function isSignedBy(body: Uint8Array, digest: Buffer, secrets: readonly string[]): boolean {
  const fits = secrets.map((secret) => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), digest))
  return fits.includes(true)
}

/** The signature of a body as an envelope's sender writes it. */
export function envelopeSignature(body: Uint8Array, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** The signature of a body as Lightspeed writes it. */
export function lightspeedSignature(body: Uint8Array, secret: string): string {
  return `signature=${createHmac('sha256', secret).update(body).digest('hex')},algorithm=HMAC-SHA256`
}

/** JUDGMENT: no document says how the digest is written, so hex in either case and base64 are read. */
function readDigest(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  if (!/^[A-Za-z0-9+/]{43}=?$/.test(text)) return undefined
  const digest = Buffer.from(text, 'base64')
  return digest.length === digestBytes ? digest : undefined
}

/** At the first `=` only: base64 ends with some of its own. */
function partAtFirstSign(part: string): [name: string, value: string] {
  const at = part.indexOf('=')
  return at < 0 ? [part.trim(), ''] : [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()]
}
