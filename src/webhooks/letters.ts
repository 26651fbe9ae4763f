import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseExact } from '../lightspeed/exact-json.ts'
import { readTime } from './freshness.rules.ts'

/** JSON text in a body, or nothing where it is broken. */
export function readJson(body: Uint8Array | string): { json: unknown } | undefined {
  try {
    return { json: parseExact(body) }
  } catch {
    return undefined
  }
}

/** What Lightspeed writes: a form whose field `payload` holds JSON. The text is what was signed, unescaped. */
export function readForm(body: Uint8Array): { text: string; json: unknown } | undefined {
  const text = new URLSearchParams(new TextDecoder().decode(body)).get('payload')
  const read = text === null ? undefined : readJson(text)
  return text === null || read === undefined ? undefined : { text, json: read.json }
}

const shortText = (longest: number) =>
  z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1).max(longest))

const time = z.union([z.string().max(40), z.number()]).transform((value, context) => {
  const read = readTime(value)
  if (read) return read
  context.addIssue({ code: 'custom', message: 'is not a time' })
  return z.NEVER
})

/** What everyone else writes: `{event_id, event_type, created_at, data}`. */
export const envelope = z.object({
  event_id: shortText(200),
  event_type: shortText(100),
  created_at: time,
  data: z.unknown(),
})

/** The same letter again has the same key: of envelopes by the sender's own id. */
export function envelopeKey(sender: string, eventId: string): Buffer {
  return createHash('sha256').update(`${sender}\n${eventId}`).digest()
}

const repeatWindowMs = 5 * 60_000

/**
 * Lightspeed gives its webhooks no id, so they are told apart by what they say. JUDGMENT: one that carries neither a
 * version nor the time of its change may truly happen twice (a level that goes down and up again), so those count as
 * repeats only within the same five minutes.
 */
export function lightspeedKey(type: string, { text, json }: { text: string; json: unknown }, now: Date): Buffer {
  const window = saysWhich(json) ? '' : `\n${Math.floor(now.getTime() / repeatWindowMs)}`
  return createHash('sha256').update(`lightspeed\n${type}\n${text}${window}`).digest()
}

function saysWhich(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && ('version' in payload || 'updated_at' in payload)
}

const secretHeaders = /^(authorization|proxy-authorization|cookie|set-cookie)$|secret|token|password|api-?key/i

/** Headers worth keeping with a letter: all but those that let somebody in. */
export function keptHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !secretHeaders.test(name)))
}
