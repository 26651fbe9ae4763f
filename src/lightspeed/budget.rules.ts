/**
 * What Lightspeed allows one retailer: so many requests in a fixed window of five minutes, counted over all processes.
 * All times are milliseconds of the database's clock, so that machines whose clocks differ share one window.
 */
export type Budget = {
  limit: number
  /** A header of Lightspeed's beats the formula of its documentation, which beats the guess of one register. */
  limitSource: 'guess' | 'registers' | 'header'
  limitSeenAt: number
  /** One more for each window, so that what was seen in an old one is not taken for news of this one. */
  windowNumber: number
  endsAt: number
  /** Permits handed out in this window. */
  granted: number
  /** The least that Lightspeed said was left in this window. */
  remaining: number | null
  /** Set while nobody knows how things stand: then one request at a time finds out, and until this time the others wait. */
  probeUntil: number | null
  blockedUntil: number | null
}

export type Priority = 'person' | 'sync'

export type Timing = {
  windowMs: number
  /** A new window is used this much later than it begins, as clocks differ a little. */
  guardMs: number
  /** How long the others wait for the answer to a probe. */
  probeMs: number
}

export type Ask = {
  priority: Priority
  /** The window that the asking process believes in, and its requests that have no answer yet. */
  windowNumber: number | null
  inFlight: number
}

export type Answer = { windowNumber: number } & (
  | { kind: 'granted'; permits: number; endsInMs: number; isProbe: boolean }
  | { kind: 'wait'; waitMs: number; reason: WaitReason }
)

export type WaitReason = 'budget_spent' | 'rate_limited' | 'probing'

/** What the headers of one answer said. */
export type Sighting = {
  windowNumber: number
  limit: number
  remaining: number
  /** How long ago the answer came. */
  ageMs: number
  /** More was left than before the request was sent: the window began anew, at most this long before the answer. */
  resetWithinMs: number | null
}

/** A 429: how long to stay away. It is `exact` if Lightspeed named a time to come, which is then the window's end. */
export type Ban = { waitMs: number; isExact: boolean }

export const fiveMinutesMs = 5 * 60_000

const personsShare = 0.1
const largestBlock = 10
const blocksAWindow = 16
const spentBelow = 0.2

/** Of the documentation: 300 requests a register, and 50 more. */
export function limitFor(registers: number): number {
  return 300 * registers + 50
}

export function timingOf(windowMs: number): Timing {
  return { windowMs, guardMs: Math.ceil(windowMs / 150), probeMs: Math.ceil(windowMs / 60) }
}

/** Nothing is known yet, so the first request probes. JUDGMENT: windows end at full multiples of their length. */
export function newBudget(now: number, { windowMs }: Timing): Budget {
  return {
    limit: limitFor(1),
    limitSource: 'guess',
    limitSeenAt: now,
    windowNumber: 1,
    endsAt: lastBoundary(now, windowMs) + windowMs,
    granted: 0,
    remaining: null,
    probeUntil: now,
    blockedUntil: null,
  }
}

/** Hands out a few permits, or says how long to wait. Small blocks near the end, so that none stays unused. */
export function take(before: Budget, ask: Ask, now: number, timing: Timing): { budget: Budget; answer: Answer } {
  const budget = chargedFor(ask, inWindowAt(before, now, timing))
  const { windowNumber } = budget
  const wait = waitIn(budget, ask.priority, now, timing)
  if (wait) return { budget, answer: { kind: 'wait', windowNumber, ...wait } }
  const isProbe = budget.probeUntil !== null
  const share = Math.floor(freeFor(ask.priority, budget, now, timing) / blocksAWindow)
  const permits = isProbe || ask.priority === 'person' ? 1 : Math.min(largestBlock, Math.max(1, share))
  const after = { ...budget, granted: budget.granted + permits, probeUntil: isProbe ? now + timing.probeMs : null }
  return { budget: after, answer: { kind: 'granted', permits, windowNumber, endsInMs: budget.endsAt - now, isProbe } }
}

/** Takes an answer's headers into account: Lightspeed's own count is the truth wherever it is higher than ours. */
export function sighted(budget: Budget, seen: Sighting, now: number, timing: Timing): Budget {
  const seenAt = now - seen.ageMs
  const isNewer = seenAt >= budget.limitSeenAt || budget.limitSource !== 'header'
  const learned: Budget = isNewer
    ? { ...budget, limit: seen.limit, limitSource: 'header', limitSeenAt: seenAt }
    : budget
  if (seen.windowNumber !== budget.windowNumber) return learned
  const used = Math.max(0, seen.limit - seen.remaining)
  if (seen.resetWithinMs === null) {
    const remaining = Math.min(budget.remaining ?? seen.remaining, seen.remaining)
    return { ...learned, granted: Math.max(budget.granted, used), remaining, probeUntil: null }
  }
  const began = beganBetween(seenAt - seen.resetWithinMs, seenAt, budget, timing)
  return { ...nextWindow(learned, began + timing.windowMs), granted: used, remaining: seen.remaining }
}

/** The probe is back. Answered, the others may follow, whatever it said of the count; unanswered, another goes at once. */
export function probed(budget: Budget, windowNumber: number, isAnswered: boolean, now: number): Budget {
  if (windowNumber !== budget.windowNumber || budget.probeUntil === null) return budget
  return { ...budget, probeUntil: isAnswered ? null : now }
}

/** Lightspeed refused: nobody asks before the ban is over. */
export function banned(budget: Budget, { waitMs, isExact }: Ban, now: number): Budget {
  const until = now + waitMs
  const blockedUntil = Math.max(budget.blockedUntil ?? until, until)
  return isExact ? { ...budget, blockedUntil, endsAt: until, remaining: 0 } : { ...budget, blockedUntil }
}

/** The formula replaces the guess; what Lightspeed's headers said stays. */
export function knowingRegisters(budget: Budget, registers: number): Budget {
  return budget.limitSource === 'header' ? budget : { ...budget, limit: limitFor(registers), limitSource: 'registers' }
}

/**
 * After a window that was used up, the next begins a little late and with a probe: should Lightspeed's window end later
 * than we believe, that costs one refusal, which tells the time, instead of a storm of them.
 */
function inWindowAt(budget: Budget, now: number, { windowMs, guardMs }: Timing): Budget {
  const late = now - budget.endsAt
  const left = Math.min(budget.remaining ?? Infinity, budget.limit - budget.granted)
  const wasSpent = left <= budget.limit * spentBelow && late < windowMs
  if (late < (wasSpent ? guardMs : 0)) return budget
  const next = nextWindow(budget, budget.endsAt + (Math.floor(late / windowMs) + 1) * windowMs)
  return { ...next, probeUntil: wasSpent || budget.probeUntil !== null ? now : null }
}

function nextWindow(budget: Budget, endsAt: number): Budget {
  return { ...budget, windowNumber: budget.windowNumber + 1, endsAt, granted: 0, remaining: null, probeUntil: null }
}

/** Requests on their way when a window ends may be counted in the next one, so they are charged there too. */
function chargedFor({ windowNumber, inFlight }: Ask, budget: Budget): Budget {
  const isCarried = windowNumber !== null && windowNumber !== budget.windowNumber
  return isCarried ? { ...budget, granted: budget.granted + inFlight } : budget
}

function waitIn(budget: Budget, priority: Priority, now: number, timing: Timing) {
  const { blockedUntil, probeUntil } = budget
  if (blockedUntil !== null && blockedUntil > now)
    return { waitMs: blockedUntil - now, reason: 'rate_limited' } as const
  if (now >= budget.endsAt || freeFor(priority, budget, now, timing) < 1) {
    return { waitMs: Math.max(1, freeAgainAt(priority, budget, now, timing) - now), reason: 'budget_spent' } as const
  }
  if (probeUntil !== null && probeUntil > now) return { waitMs: probeUntil - now, reason: 'probing' } as const
  return undefined
}

/** A share is kept for people. What they leave goes to the sync as the window runs out, so that none is lost. */
function freeFor(priority: Priority, { limit, granted, endsAt }: Budget, now: number, { windowMs }: Timing): number {
  const keptShare = priority === 'person' ? 0 : personsShare * Math.min(1, Math.max(0, (endsAt - now) / windowMs))
  return limit - granted - Math.floor(limit * keptShare)
}

function freeAgainAt(priority: Priority, { limit, granted, endsAt }: Budget, now: number, timing: Timing): number {
  const newWindow = endsAt + timing.guardMs
  if (priority === 'person' || granted >= limit) return newWindow
  const released = Math.floor(endsAt - ((limit - granted) * timing.windowMs) / (limit * personsShare)) + 1
  return released > now && released < endsAt ? released : newWindow
}

/** The moment in (from, to] at which the window most likely began: where we expected it, else at a full multiple. */
function beganBetween(from: number, to: number, { endsAt }: Budget, { windowMs }: Timing): number {
  if (endsAt > from && endsAt <= to) return endsAt
  const boundary = lastBoundary(to, windowMs)
  return boundary > from ? boundary : to
}

function lastBoundary(now: number, windowMs: number): number {
  return Math.floor(now / windowMs) * windowMs
}
