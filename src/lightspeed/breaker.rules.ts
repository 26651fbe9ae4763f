import type { ErrorKind } from './errors.rules.ts'

/** Times are milliseconds of one clock, the database's. */
export type Breaker = {
  /** When requests failed in passing, within the window, oldest first. */
  failures: readonly number[]
  openedAt: number | null
  /** Nobody asks before; then one does, to try. */
  openUntil: number | null
  /** Somebody tries; taken for lost after this. */
  trialUntil: number | null
}

export type Breaking = {
  failures: number
  windowMs: number
  /** How long Lightspeed is left alone. */
  restMs: number
  /** A trial that has not ended by then is another's. Longer than a request may take. */
  trialMs: number
}

/** Eight passing failures in two minutes, and Lightspeed is left alone for three. */
export const usualBreaking: Breaking = { failures: 8, windowMs: 120_000, restMs: 180_000, trialMs: 90_000 }

export const closedBreaker: Breaker = { failures: [], openedAt: null, openUntil: null, trialUntil: null }

/** Whether a request may leave: `trial` is the one that finds out for all. */
export type Leave = { kind: 'go' } | { kind: 'trial' } | { kind: 'wait'; until: number }

export function leaveOf({ openUntil, trialUntil }: Breaker, now: number): Leave {
  if (openUntil === null) return { kind: 'go' }
  if (now < openUntil) return { kind: 'wait', until: openUntil }
  if (trialUntil !== null && now < trialUntil) return { kind: 'wait', until: trialUntil }
  return { kind: 'trial' }
}

/** Somebody has taken the trial. */
export function trying(breaker: Breaker, now: number, { trialMs }: Breaking): Breaker {
  return { ...breaker, trialUntil: now + trialMs }
}

/** A request failed in passing. So many of them open it; those that were under way when it opened change nothing. */
export function failed(breaker: Breaker, now: number, breaking: Breaking): Breaker {
  if (breaker.openUntil !== null) return breaker
  const failures = [...breaker.failures.filter((at) => at > now - breaking.windowMs), now]
  if (failures.length < breaking.failures) return { ...breaker, failures }
  return { failures, openedAt: now, openUntil: now + breaking.restMs, trialUntil: null }
}

export type TrialEnd = 'answered' | 'failed' | 'unknown'

/** The trial has ended: with an answer all goes on, after a failure it rests again, else somebody else may try. */
export function tried(breaker: Breaker, end: TrialEnd, now: number, { restMs }: Breaking): Breaker {
  if (breaker.openUntil === null) return breaker
  if (end === 'answered') return closedBreaker
  if (end === 'unknown') return { ...breaker, trialUntil: null }
  return { ...breaker, openUntil: now + restMs, trialUntil: null }
}

const passing: ReadonlySet<ErrorKind> = new Set(['server_error', 'timed_out', 'unreachable'])

/** Faults of Lightspeed or of the way to it, which pass; all else is an answer. */
export function isPassing(kind: ErrorKind): boolean {
  return passing.has(kind)
}
