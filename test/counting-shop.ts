import { answerJson, openOddServer } from './odd-server.ts'

export const tooMany = { error: 'Too Many Requests', message: 'Rate limiting enforced' }

/** A shop that counts requests in fixed windows and refuses what is over its limit. */
export async function openCountingShop(windowMs: number, limitNow: () => number) {
  const used = new Map<number, number>()
  let refused = 0
  const server = await openOddServer((response, { at }) => {
    const window = Math.floor(at / windowMs)
    const limit = limitNow()
    const count = (used.get(window) ?? 0) + 1
    const headers = { 'x-ratelimit-limit': `${limit}`, 'x-ratelimit-remaining': `${Math.max(0, limit - count)}` }
    if (count > limit) {
      refused++
      const comeBack = new Date((window + 1) * windowMs).toUTCString()
      return answerJson(response, 429, tooMany, { ...headers, 'retry-after': comeBack })
    }
    used.set(window, count)
    return answerJson(response, 200, { data: [] }, headers)
  })
  return { ...server, windows: () => [...used.values()], refused: () => refused }
}

/** Windows lie at full multiples of their length: of this one no more than a twentieth is over. */
export function neverEndingMs(): number {
  return 20 * Date.now()
}
