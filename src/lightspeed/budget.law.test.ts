import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  banned,
  fiveMinutesMs,
  limitFor,
  newBudget,
  sighted,
  take,
  timingOf,
  type Ask,
  type Budget,
} from './budget.rules.ts'
import {
  departed,
  emptied,
  emptyPocket,
  filled,
  nextStep,
  returned,
  type Departure,
  type Pocket,
} from './pocket.rules.ts'

const timing = timingOf(fiveMinutesMs)
const noon = Date.parse('2026-03-02T12:00:00Z')

/** What Lightspeed allows a shop with one register: below it a few unused permits would weigh more than a twentieth. */
const smallestLimit = limitFor(1)

/** Begun so late that the window is not used up: the next one begins at once, with answers of this one still under way. */
const lateInTheWindow = 294_256

test('two hosts in step with Lightspeed use its whole budget and are never refused', () => {
  const anyMoment = fc.integer({ min: 0, max: fiveMinutesMs - 1 })
  fc.assert(
    fc.property(
      fc.integer({ min: smallestLimit, max: 1500 }),
      fc.integer({ min: 1, max: 6 }),
      anyMoment,
      (limit, lanes, startsIn) => {
        const { refusals, shares } = trade({ limit, lanes, startsIn })
        assert.equal(refusals, 0)
        for (const share of shares) assert.ok(share >= 0.95 && share <= 1, `used ${share}`)
      },
    ),
    { numRuns: 40, examples: [[540, 5, lateInTheWindow]] },
  )
})

test('where Lightspeed’s window begins at an odd time, a refusal or two teach it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: fiveMinutesMs - 1 }),
      fc.integer({ min: smallestLimit, max: 1000 }),
      (opensAt, limit) => {
        const { refusals, shares } = trade({ limit, lanes: 3, opensAt })
        assert.ok(refusals <= 3, `${refusals} refusals`)
        for (const share of shares.slice(2)) assert.ok(share >= 0.95, `used ${share}`)
      },
    ),
    { numRuns: 40 },
  )
})

test('beside another program that asks as well, what is left is used to the last and hardly a request is refused', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: smallestLimit, max: 1000 }),
      fc.integer({ min: 100, max: 5000 }),
      (limit, strangerEveryMs) => {
        const { refusals, shares } = trade({ limit, lanes: 4, strangerEveryMs })
        assert.ok(refusals <= 2 * shares.length, `${refusals} refusals`)
        for (const share of shares) assert.ok(share >= 0.95, `used ${share}`)
      },
    ),
    { numRuns: 40 },
  )
})

type Trade = { limit: number; lanes: number; startsIn?: number; opensAt?: number; strangerEveryMs?: number }

/** Half an hour of two busy processes against a Lightspeed that counts by itself, in no time: the clock is a number. */
function trade({ limit, lanes, startsIn = 0, opensAt = 0, strangerEveryMs = Infinity }: Trade) {
  const lightspeed = openCounter(limit, opensAt)
  const ledger = { budget: newBudget(noon + startsIn, timing) }
  const hosts = [openHost(ledger, lightspeed, lanes, 1), openHost(ledger, lightspeed, lanes, 2)]
  let strangerAt = noon + strangerEveryMs
  for (let now = noon + startsIn; now < noon + 6 * fiveMinutesMs; now += 20) {
    for (const host of hosts) host.step(now)
    if (now < strangerAt) continue
    lightspeed.arrive(now, 'stranger')
    strangerAt = now + strangerEveryMs
  }
  return { refusals: lightspeed.refusals(), shares: lightspeed.shares() }
}

type Reply = { headers: { limit: number; remaining: number }; retryMs: number | null }

/** Lightspeed's side: counts what arrives in its own fixed windows, which begin `opensAt` after ours. */
function openCounter(limit: number, opensAt: number) {
  const windows = new Map<number, number>()
  let refusals = 0
  const arrive = (now: number, who: 'ours' | 'stranger'): Reply => {
    const window = Math.floor((now - opensAt) / fiveMinutesMs)
    const used = windows.get(window) ?? 0
    if (used < limit) {
      windows.set(window, used + 1)
      return { headers: { limit, remaining: limit - used - 1 }, retryMs: null }
    }
    if (who === 'ours') refusals++
    return { headers: { limit, remaining: 0 }, retryMs: (window + 1) * fiveMinutesMs + opensAt - now }
  }
  const shares = () => [...windows.values()].slice(1, -1).map((used) => used / limit)
  return { arrive, refusals: () => refusals, shares }
}

type Flight = { departure: Departure; arrivesAt: number; returnsAt: number; reply: Reply | null }

/** One process with so many requests at once, each 10 to 470 ms long. */
function openHost(ledger: { budget: Budget }, lightspeed: ReturnType<typeof openCounter>, lanes: number, seed: number) {
  const random = sequence(seed)
  let pocket: Pocket = emptyPocket
  let flights: Flight[] = []
  let restsUntil = 0

  const report = (now: number) => {
    if (pocket.seen)
      ledger.budget = sighted(ledger.budget, { ...pocket.seen, ageMs: now - pocket.seen.at }, now, timing)
  }
  const land = ({ departure, reply }: Flight, now: number) => {
    pocket = returned(pocket, departure, reply?.headers ?? null, now).pocket
    report(now)
    if (!reply?.retryMs) return
    pocket = emptied(pocket)
    ledger.budget = banned(ledger.budget, { waitMs: reply.retryMs, isExact: true }, now)
  }
  const ask = (now: number) => {
    report(now)
    const asking: Ask = { priority: 'sync', windowNumber: pocket.windowNumber, inFlight: pocket.inFlight }
    const { budget, answer } = take(ledger.budget, asking, now, timing)
    ledger.budget = budget
    const { windowNumber } = answer
    if (answer.kind === 'granted') pocket = filled(pocket, answer.permits, windowNumber, now + answer.endsInMs)
    else {
      pocket = filled(pocket, 0, windowNumber, now)
      restsUntil = now + Math.min(answer.waitMs, 1000)
    }
  }
  const send = (now: number) => {
    const left = departed(pocket)
    pocket = left.pocket
    const arrivesAt = now + 5 + random() * 60
    flights.push({ departure: left.departure, arrivesAt, returnsAt: arrivesAt + 5 + random() * 400, reply: null })
  }
  const step = (now: number) => {
    for (const flight of flights)
      if (flight.arrivesAt <= now) flight.reply ??= lightspeed.arrive(flight.arrivesAt, 'ours')
    for (const flight of flights) if (flight.returnsAt <= now) land(flight, now)
    flights = flights.filter(({ returnsAt }) => returnsAt > now)
    while (flights.length < lanes) {
      const next = nextStep(pocket, now)
      if (next === 'await_answer' || (next === 'ask' && restsUntil > now)) return
      if (next === 'ask') ask(now)
      else send(now)
    }
  }
  return { step }
}

function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
