import { readComplaint } from './error-body.rules.ts'
import { kindOfStatus, LightspeedError } from './errors.rules.ts'
import { parseExact } from './exact-json.ts'
import { exchange, type Incoming, type Limits, type Outgoing } from './exchange.ts'
import type { Headers as RateHeaders } from './pocket.rules.ts'
import { readComeBack, type ComeBack } from './retry-after.rules.ts'

/** `body` is undefined where the answer has none; `bytes` counts it as it was after decompression. */
export type Answer = {
  status: number
  headers: Headers
  body: unknown
  bytes: number
  ms: { network: number; parse: number }
}

/** How one try ended, and what it said about the rate limit: `heard` is null if no answer came. */
export type Tried = { heard: { headers: RateHeaders | null } | null; ms: number } & (
  | { answer: Answer }
  | { error: LightspeedError; comeBack?: ComeBack }
)

/** Sends a request once. Rejects only with the signal's reason; whatever Lightspeed does wrong is in what it resolves to. */
export async function tryOnce(outgoing: Outgoing, limits: Limits, signal?: AbortSignal): Promise<Tried> {
  const started = performance.now()
  try {
    const incoming = await exchange(outgoing, limits, signal)
    const told = { heard: { headers: rateHeaders(incoming.headers) }, ms: incoming.ms }
    try {
      return { ...told, answer: read(incoming, outgoing) }
    } catch (error) {
      if (!(error instanceof LightspeedError)) throw error
      return { ...told, error, ...(error.kind === 'rate_limited' ? { comeBack: comeBack(incoming) } : {}) }
    }
  } catch (error) {
    if (!(error instanceof LightspeedError)) throw error
    return { heard: null, ms: performance.now() - started, error }
  }
}

function read(incoming: Incoming, outgoing: Outgoing): Answer {
  const { status, headers, bytes, ms } = incoming
  const isGoneAlready = outgoing.method === 'DELETE' && status === 404
  if (status >= 300 && !isGoneAlready) throw refusal(incoming, outgoing)
  const started = performance.now()
  const body = bytes.byteLength === 0 || isGoneAlready ? undefined : parse(incoming, outgoing)
  return { status, headers, body, bytes: bytes.byteLength, ms: { network: ms, parse: performance.now() - started } }
}

function parse({ status, bytes }: Incoming, outgoing: Outgoing): unknown {
  try {
    return parseExact(bytes)
  } catch (error) {
    const isPage = /^\s*</.test(textOf(bytes.subarray(0, 100)))
    const because = isPage ? 'it is a web page' : 'it is cut off or broken'
    throw new LightspeedError('not_json', { ...outgoing, status, because, cause: error })
  }
}

function refusal({ status, headers, bytes }: Incoming, outgoing: Outgoing): LightspeedError {
  const complaint = readComplaint(textOf(bytes))
  const elsewhere = status < 400 ? headers.get('location') : null
  const because =
    elsewhere === null ? {} : { because: `it sends us on to ${elsewhere}; the token is not taken elsewhere` }
  return new LightspeedError(kindOfStatus(status), { ...outgoing, status, complaint, ...because })
}

function comeBack({ headers, bytes }: Incoming): ComeBack {
  const refused = { retryAfter: headers.get('retry-after'), serverDate: headers.get('date'), body: textOf(bytes) }
  return readComeBack(refused, Date.now())
}

function rateHeaders(headers: Headers): RateHeaders | null {
  const limit = wholeNumber(headers.get('x-ratelimit-limit'))
  const remaining = wholeNumber(headers.get('x-ratelimit-remaining'))
  return limit === null || limit === 0 || remaining === null ? null : { limit, remaining }
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : null
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
