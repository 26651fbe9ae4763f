const replayWindowMs = 5 * 60_000
/** Clocks of two machines differ a little; a letter from further ahead than that was not written by an honest one. */
const clockSkewMs = 30_000

/** Whether a letter is too old or comes from the future; nothing when its time is right. */
export function staleness(sentAt: Date, now: Date): 'too_old' | 'from_the_future' | undefined {
  const ageMs = now.getTime() - sentAt.getTime()
  if (ageMs > replayWindowMs) return 'too_old'
  return ageMs < -clockSkewMs ? 'from_the_future' : undefined
}

/** A time as senders write it: RFC 3339, or seconds or milliseconds since 1970. */
export function readTime(value: string | number): Date | undefined {
  const digits = typeof value === 'string' && /^\d{9,13}(\.\d+)?$/.test(value) ? Number(value) : value
  const ms = typeof digits === 'number' ? (digits < 1e11 ? digits * 1000 : digits) : Date.parse(withZone(digits))
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms) : undefined
}

/** A time without a zone is in UTC, as everywhere at Lightspeed. */
function withZone(text: string): string {
  const sql = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/.exec(text)
  return sql ? `${sql[1]}T${sql[2]}Z` : text
}
