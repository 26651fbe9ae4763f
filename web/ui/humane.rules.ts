/** The words in which people read numbers, ages and names. */

const number = new Intl.NumberFormat('en')

/** 12345 → "12,345" */
export function counted(value: number): string {
  return number.format(value)
}

/** "1 row", "12,345 rows" */
export function countedAs(value: number, one: string, many = `${one}s`): string {
  return `${counted(value)} ${value === 1 ? one : many}`
}

const steps = [
  { upTo: 60, seconds: 1, unit: 's' },
  { upTo: 3_600, seconds: 60, unit: 'min' },
  { upTo: 86_400, seconds: 3_600, unit: 'h' },
] as const

/** An age in seconds as "just now", "12 s ago", "3 min ago", "5 h ago", "2 days ago". */
export function ago(ageSeconds: number): string {
  if (ageSeconds < 3) return 'just now'
  const step = steps.find(({ upTo }) => ageSeconds < upTo)
  if (step) return `${Math.floor(ageSeconds / step.seconds)} ${step.unit} ago`
  return `${countedAs(Math.floor(ageSeconds / 86_400), 'day')} ago`
}

/** Seconds to come as "now", "in 12 s", "in 3 min", "in 5 h", "in 2 days". */
export function ahead(seconds: number): string {
  if (seconds < 1) return 'now'
  const step = steps.find(({ upTo }) => seconds < upTo)
  if (step) return `in ${Math.floor(seconds / step.seconds)} ${step.unit}`
  return `in ${countedAs(Math.floor(seconds / 86_400), 'day')}`
}

/** A length of time in milliseconds as "12 ms", "1.2 s", "3 min". */
export function lasting(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
  return `${Math.round(ms / 60_000)} min`
}

/** "payment-types" → "Payment types" */
export function labelOf(entity: string): string {
  const words = entity.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const staleAfterSeconds = 15 * 60

/** Older than a quarter of an hour, a mirror no longer shows what the shop floor sees. */
export function isStale(lagSeconds: number | null): boolean {
  return lagSeconds !== null && lagSeconds > staleAfterSeconds
}
