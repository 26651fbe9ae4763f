import assert from 'node:assert/strict'
import { answerJson, openOddServer } from '#test/odd-server.ts'
import { openWorld } from '#test/world.ts'
import { openBudget } from '#src/lightspeed/budget.ts'
import { openLightspeed } from '#src/lightspeed/client.ts'
import { personalToken } from '#src/lightspeed/credentials.ts'
import { endpoints } from '#src/lightspeed/endpoints.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

const windowMs = 2_000
const limit = 120

export const refusedInAStorm: Scenario = {
  number: 22,
  fault: 'Lightspeed refuses in storms, with a time to come back at, and cuts its limit to half meanwhile',
  promise: 'nobody hears of an error, nobody asks in vain again and again, and what is allowed is used',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    const windows = length === 'short' ? 4 : 20
    await using world = await openWorld()
    const shop = openMoodyShop({ chance, windows })
    await using server = await openOddServer((response, request) => {
      const { status, headers } = shop.answer(request.at)
      answerJson(
        response,
        status,
        status === 200 ? { data: [{ id: 'milk' }] } : { error: 'Too Many Requests' },
        headers,
      )
    })
    const signal = AbortSignal.timeout(windows * windowMs)
    const ask = async () => {
      const credentials = personalToken({ origin: server.url, token: 'secret-token' })
      const client = openLightspeed({ credentials, budget: openBudget({ db: world.db, retailer: 'shop', windowMs }) })
      const lane = async () => {
        while (!signal.aborted) await client.list(endpoints.outlets, { signal })
      }
      return Promise.allSettled([lane(), lane(), lane()])
    }
    const ends = (await Promise.all([ask(), ask()])).flat()
    for (const end of ends)
      assert.ok(
        end.status === 'fulfilled' || signal.reason === end.reason,
        end.status === 'rejected' ? String(end.reason) : '',
      )
    const { clean, refusedCalmly, refusedInStorms, storms } = shop.report()
    assert.ok(refusedInStorms <= storms * 8, `${refusedInStorms} refusals in ${storms} storms`)
    assert.ok(refusedCalmly <= 8, `${refusedCalmly} requests beyond the limit`)
    assert.ok(clean.length > 0)
    const share = clean.reduce((sum, one) => sum + one.served / one.limit, 0) / clean.length
    assert.ok(share >= 0.95 && share <= 1, `used ${share} of what was allowed`)
  },
}

type Mood = { served: number; limit: number; isClean: boolean }

/** Counts in fixed windows; now and then refuses all for a while, and halfway allows only half as much. */
function openMoodyShop({ chance, windows }: { chance: () => number; windows: number }) {
  const began = Date.now()
  const moods = new Map<number, Mood>()
  const cutAt = began + windowMs * (Math.floor(windows / 2) + 0.3 + chance() * 0.4)
  const storms = [{ from: began + windowMs * (1.2 + chance() * 0.4), forMs: 200 + chance() * 500 }]
  let refusedCalmly = 0
  let refusedInStorms = 0
  const answer = (at: number) => {
    const number = Math.floor(at / windowMs)
    const allowed = at >= cutAt ? limit / 2 : limit
    const mood = moods.get(number) ?? { served: 0, limit: allowed, isClean: number > Math.floor(began / windowMs) }
    moods.set(number, mood)
    if (mood.limit !== allowed) Object.assign(mood, { limit: allowed, isClean: false })
    const storm = storms.find(({ from, forMs }) => at >= from && at < from + forMs)
    const backAt = storm ? storm.from + storm.forMs : (number + 1) * windowMs
    const headers = {
      'x-ratelimit-limit': String(allowed),
      'x-ratelimit-remaining': String(Math.max(0, allowed - mood.served - 1)),
    }
    if (!storm && mood.served < allowed) {
      mood.served += 1
      return { status: 200, headers }
    }
    if (storm) refusedInStorms += 1
    else refusedCalmly += 1
    if (storm) mood.isClean = false
    const retryAfter = new Date(Math.ceil(backAt / 1000) * 1000).toUTCString()
    return { status: 429, headers: { 'retry-after': retryAfter } }
  }
  const report = () => {
    const whole = [...moods].toSorted(([left], [right]) => left - right).slice(0, -1)
    return {
      clean: whole.map(([, mood]) => mood).filter(({ isClean }) => isClean),
      refusedCalmly,
      refusedInStorms,
      storms: storms.length,
    }
  }
  return { answer, report }
}
