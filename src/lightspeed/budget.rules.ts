/**
 * What Lightspeed allows one retailer: so many requests in a fixed window of five minutes, counted over all processes.
 * All times are milliseconds of the database's clock, so that machines whose clocks differ share one window.
 */
export type Budget = {
  limit: number
  /** A header of Lightspeed's beats the formula of its documentation, which beats the guess for one register. */
  limitSource: 'guess' | 'registers' | 'header'
  limitSeenAt: number
  /** One more for each window, so that what was seen in an old one is not taken for news of this one. */
  windowNumber: number
  endsAt: number
  /** Permits handed out in this window. */
  granted: number
  /** The least that Lightspeed said was left in this window. */
  remaining: number | null
  /** Until then one request asks how things stand, before the others follow. */
  probeUntil: number | null
  blockedUntil: number | null
}

export type Priority = 'person' | 'sync'

export type Timing = {
  windowMs: number
  /** A new window is used this much later than it begins, as clocks differ a little. */
  guardMs: number
  /** How long others wait for the answer to a probe. */
  probeMs: number
}

export type Ask = {
  priority: Priority
  /** Permits at the most. */
  wanted: number
  /** The window that the asking process believes in, and its requests that have no answer yet. */
  windowNumber: number | null
  inFlight: number
}

export type Answered =
  | { kind: 'granted'; permits: number; windowNumber: number; endsInMs: number; isProbe: boolean }
  | { kind: 'wait'; waitMs: number; reason: WaitReason }

export type WaitReason = 'budget_spent' | 'rate_limited' | 'probing'

/** What the headers of one answer said. */
export type Sighting = {
  windowNumber: number
  limit: number
  remaining: number
  /** How long ago the answer came. */
  ageMs: number
  /** More was left than before the request was sent: the window began anew at most this long before the answer. */
  resetWithinMs: number | null
}

export const wholeWindowMs = 5 * 60_000

const personShare = 0.1
const guessedLimit = limitFor(1)
const largestBlock = 10

/** Of the documentation: 300 requests a register, and 50 more. */
export function limitFor(registers: number): number {
  return 300 * registers + 50
}

export function timingOf(windowMs: number): Timing {
  return { windowMs, guardMs: Math.ceil(windowMs / 150), probeMs: Math.ceil(windowMs / 60) }
}

/** Nothing is known yet: the first request probes. JUDGMENT: windows begin at full multiples of their length. */
export function newBudget(now: number, { windowMs, probeMs: _ }: Timing): Budget {
  const endsAt = (Math.floor(now / windowMs) + 1) * windowMs
  return {
    limit: guessedLimit,
    limitSource: 'guess',
    limitSeenAt: now,
    windowNumber: 1,
    endsAt,
    granted: 0,
    remaining: 0,
    probeUntil: 0,
    blockedUntil: null,
  }
}
