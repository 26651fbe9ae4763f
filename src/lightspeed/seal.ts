import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, scryptSync, type KeyObject } from 'node:crypto'
import { Refusal } from '../kernel/refusal.ts'

const format = 'v1'
const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** The key that CONSIGN_SECRET_KEY stands for. Takes some 50 ms on purpose: make it once. */
export function sealingKey(secret: string): KeyObject {
  return createSecretKey(scryptSync(secret, 'consign: secrets at rest, v1', 32, { N: 2 ** 14, r: 8, p: 1 }))
}

/** Text that only the key opens again, and only for the same purpose: it cannot be moved to another column. */
export function seal(key: KeyObject, text: string, purpose: string): string {
  const nonce = randomBytes(nonceBytes)
  const sealer = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(purpose))
  const hidden = Buffer.concat([sealer.update(text, 'utf8'), sealer.final()])
  return [format, ...[nonce, sealer.getAuthTag(), hidden].map((part) => part.toString('base64url'))].join('.')
}

/** Throws a Refusal that names CONSIGN_SECRET_KEY when the key is another one or the text was changed. */
export function unseal(key: KeyObject, sealed: string, purpose: string): string {
  const [version, ...parts] = sealed.split('.')
  const [nonce, tag, hidden] = parts.map((part) => Buffer.from(part, 'base64url'))
  if (version !== format || !nonce || !tag || !hidden) throw unopenable(`it is not of the form ${format}`)
  try {
    const opener = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(purpose))
    return Buffer.concat([opener.setAuthTag(tag).update(hidden), opener.final()]).toString('utf8')
  } catch {
    throw unopenable('the key does not fit')
  }
}

function unopenable(because: string): Refusal {
  return new Refusal(
    'misconfigured',
    'secret_key_wrong',
    `A secret in the database cannot be opened: ${because}. Set CONSIGN_SECRET_KEY to the value it had when the secret was ` +
      'stored (the data folder keeps one that was made by itself), or connect Lightspeed again.',
  )
}
