/** What a 429 says about when to come back. Dates are as Lightspeed's server wrote them. */
export type Refused = {
  retryAfter: string | null
  /** `Date` of the same answer: against it a date is measured, so that a wrong clock on our side does no harm. */
  serverDate: string | null
  body: string
}

export type ComeBack = { waitMs: number; isExact: boolean }

const shortestMs = 1000
const longestMs = 5 * 60_000
const boundaryMs = 5 * 60_000

/**
 * How long to stay away, between a second and five minutes: an HTTP date or seconds in `Retry-After`, else the date that
 * old answers had in the body, else until the next full five minutes. `isExact` if a time to come was named.
 */
export function readComeBack({ retryAfter, serverDate, body }: Refused, now: number): ComeBack {
  const serverNow = readDate(serverDate) ?? now
  const waitMs = waitNamedBy(retryAfter, serverNow) ?? waitNamedBy(dateInBody(body), serverNow)
  if (waitMs === undefined) return { waitMs: clamp(boundaryMs - (serverNow % boundaryMs)), isExact: false }
  return { waitMs: clamp(waitMs), isExact: waitMs > 0 && waitMs <= longestMs }
}

function waitNamedBy(text: string | null, serverNow: number): number | undefined {
  if (text === null) return undefined
  if (/^\s*\d+(\.\d+)?\s*$/.test(text)) return Number(text) * 1000
  const date = readDate(text)
  return date === undefined ? undefined : date - serverNow
}

function dateInBody(body: string): string | null {
  return /"retry-after"\s*:\s*"?([^"}]+)"?/i.exec(body)?.[1] ?? null
}

function readDate(text: string | null): number | undefined {
  const time = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

function clamp(ms: number): number {
  return Math.min(longestMs, Math.max(shortestMs, ms))
}
