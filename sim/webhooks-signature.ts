import { createHmac } from 'node:crypto'

/** The value of `X-Signature`: a digest of the body's bytes as they are sent, keyed with the application's secret. */
export function signatureOf(body: string, secret: string, digest: 'hex' | 'base64'): string {
  return `signature=${createHmac('sha256', secret).update(body).digest(digest)},algorithm=HMAC-SHA256`
}
