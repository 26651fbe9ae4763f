import type { Sighting } from './budget.rules.ts'

/** The permits that one process holds, and what it has seen of Lightspeed's count. Times are of this process's clock. */
export type Pocket = {
  windowNumber: number | null
  permits: number
  endsAt: number
  /** Requests that have no answer yet. */
  inFlight: number
  seen: Seen | null
}

export type Seen = Omit<Sighting, 'ageMs'> & { at: number }

/** What `x-ratelimit-limit` and `x-ratelimit-remaining` of an answer said. */
export type Headers = { limit: number; remaining: number }

/** What was known when a request left: news in its answer is measured against it. */
export type Departure = { windowNumber: number; seen: Seen | null }

export const emptyPocket: Pocket = { windowNumber: null, permits: 0, endsAt: 0, inFlight: 0, seen: null }

/** A jump of the count smaller than this share is no new window: counters kept on several servers may waver. */
const waver = 0.02

/** Whether a request may leave now, must wait for the answer to one before it, or must ask for permits first. */
export function nextStep(pocket: Pocket, now: number): 'send' | 'await_answer' | 'ask' {
  if (pocket.permits === 0 || now >= pocket.endsAt) return 'ask'
  if (roomIn(pocket) > 0) return 'send'
  return pocket.inFlight > 0 ? 'await_answer' : 'ask'
}

export function filled(pocket: Pocket, permits: number, windowNumber: number, endsAt: number): Pocket {
  return { ...pocket, permits, windowNumber, endsAt }
}

export function departed(pocket: Pocket): { pocket: Pocket; departure: Departure } {
  const { windowNumber, seen, permits, inFlight } = pocket
  return {
    pocket: { ...pocket, permits: permits - 1, inFlight: inFlight + 1 },
    departure: { windowNumber: windowNumber ?? 0, seen },
  }
}

/** Back again, with the headers of the answer if there were any. `isNews` is what other processes must hear at once. */
export function returned(pocket: Pocket, departure: Departure, headers: Headers | null, now: number) {
  const back = { ...pocket, inFlight: pocket.inFlight - 1 }
  if (headers === null) return { pocket: back, isNews: false }
  const seen = seenIn(headers, departure, now)
  const isNewWindow = seen.resetWithinMs !== null
  const changesLimit = pocket.seen?.limit !== seen.limit
  const isNews = isNewWindow || changesLimit || seen.remaining <= 0
  const permits = permitsAfter(seen, back)
  return { pocket: { ...back, permits, seen: newest(pocket.seen, seen) }, isNews }
}

/** Refused: whatever was in the pocket is worth nothing. */
export function emptied(pocket: Pocket): Pocket {
  return { ...pocket, permits: 0 }
}

/**
 * What an answer to a request of the window before says is no news of this one: its permits stand. (Each of the requests
 * under way at the turn of a window would else cost a pocketful, a twentieth of a small limit altogether.)
 */
function permitsAfter(seen: Seen, { windowNumber, permits }: Pocket): number {
  if (seen.windowNumber !== windowNumber) return permits
  return seen.resetWithinMs === null ? Math.min(permits, Math.max(0, seen.remaining)) : 0
}

/** As if none of the requests under way had been counted yet, for some of them may not have been. */
function roomIn({ seen, windowNumber, inFlight }: Pocket): number {
  return seen?.windowNumber === windowNumber && seen.resetWithinMs === null ? seen.remaining - inFlight : Infinity
}

function seenIn({ limit, remaining }: Headers, { windowNumber, seen }: Departure, now: number): Seen {
  const isComparable = seen?.windowNumber === windowNumber && seen.limit === limit
  const hasJumped = isComparable && remaining > seen.remaining + limit * waver
  return { windowNumber, limit, remaining, at: now, resetWithinMs: hasJumped ? now - seen.at : null }
}

/** Answers overtake each other: a later window's is the newest, and within one window the lowest count. */
function newest(before: Seen | null, seen: Seen): Seen {
  if (before && before.windowNumber > seen.windowNumber && before.limit === seen.limit) return before
  const isSameCount = before?.windowNumber === seen.windowNumber && before.limit === seen.limit
  if (!isSameCount || seen.resetWithinMs !== null) return seen
  if (before.resetWithinMs !== null) return before
  return before.remaining <= seen.remaining ? { ...before, at: seen.at } : seen
}
