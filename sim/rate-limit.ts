import type { Judgments } from './judgments.ts'
import type { Store } from './store.ts'

export type RateLimit = { requests: number; windowSeconds: number } | 'off'

export type Quota = { limit: number; remaining: number; refusedUntil: Date | undefined }

/** Requests in a fixed window: 300 for each open register and 50 more in five minutes, unless told otherwise. */
export function openRateLimit(
  store: Store,
  judgments: Judgments,
  wished: RateLimit | undefined,
): (app: string) => Quota {
  const used = new Map<string, { window: number; count: number }>()
  let registers: number | undefined
  store.onChange(({ collection }) => {
    if (collection === 'registers') registers = undefined
  })

  const limit = (): number => {
    if (typeof wished === 'object') return wished.requests
    registers ??= store.list('registers', { after: 0, limit: Infinity, deleted: false }).length
    return 300 * registers + 50
  }

  return (app) => {
    const most = limit()
    if (wished === 'off') return { limit: most, remaining: most, refusedUntil: undefined }
    const windowMs = 1000 * (wished?.windowSeconds ?? 300)
    const window = Math.floor(store.now().getTime() / windowMs)
    const key = judgments.rateLimitShared ? '' : app
    const last = used.get(key)
    const count = last?.window === window ? last.count + 1 : 1
    used.set(key, { window, count })
    const refusedUntil = count > most ? new Date((window + 1) * windowMs) : undefined
    return { limit: most, remaining: Math.max(0, most - count), refusedUntil }
  }
}

/** `off`, or requests and seconds: `100/10`. Throws an Error. */
export function readRateLimit(text: string): RateLimit {
  if (text === 'off') return 'off'
  const [requests, windowSeconds] = text.split('/').map(Number)
  if (requests !== undefined && windowSeconds !== undefined && requests >= 1 && windowSeconds >= 1) {
    return { requests, windowSeconds }
  }
  throw new Error(`The rate limit is off, or requests/seconds such as 100/10, not ${text}`)
}
