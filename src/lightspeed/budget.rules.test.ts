import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  banned,
  fiveMinutesMs,
  knowingRegisters,
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
const sync: Ask = { priority: 'sync', windowNumber: 1, inFlight: 0 }
const person: Ask = { ...sync, priority: 'person' }

test('a shop with 34 registers may ask 10,250 times in five minutes, unless Lightspeed itself names another limit', () => {
  const guess = newBudget(noon, timing)
  assert.equal(guess.limit, 350)
  assert.equal(knowingRegisters(guess, 34).limit, limitFor(34))
  assert.equal(limitFor(34), 10_250)
  const told = seeing(guess, { limit: 650, remaining: 640 })
  assert.equal(knowingRegisters(told, 34).limit, 650)
})

test('the sync leaves a tenth for people, and gets what they left as the window runs out', () => {
  const used = { ...probed(noon), granted: 315 }
  assert.deepEqual(waitOf(take(used, sync, noon, timing)), 'budget_spent')
  assert.equal(permitsOf(take(used, person, noon, timing)), 1)
  assert.equal(permitsOf(take({ ...used, granted: 349 }, sync, noon + fiveMinutesMs - 1000, timing)), 1)
})

test('a sync that was told to wait for a free place finds one then', () => {
  const used = { ...probed(noon), granted: 330 }
  const { answer } = take(used, sync, noon, timing)
  assert.ok(answer.permits === 0 && answer.waitMs < fiveMinutesMs)
  assert.equal(permitsOf(take(used, sync, noon + answer.waitMs, timing)), 1)
})

test('after a refusal nobody asks before the time that Lightspeed named, and one asks first', () => {
  const ban = { waitMs: 90_000, isExact: true }
  const refused = banned(probed(noon), ban, noon + 1000)
  assert.equal(waitOf(take(refused, person, noon + 60_000, timing)), 'rate_limited')
  const after = take(refused, sync, noon + 91_000 + timing.guardMs, timing)
  assert.equal(permitsOf(after), 1)
  assert.equal(waitOf(take(after.budget, { ...sync, windowNumber: 2 }, noon + 94_000, timing)), 'probing')
})

test('a limit cut in half is obeyed with the next permit', () => {
  const busy = { ...probed(noon), granted: 200 }
  const halved = seeing(busy, { limit: 175, remaining: 0 })
  assert.equal(waitOf(take(halved, person, noon + 2000, timing)), 'budget_spent')
  const stale = { windowNumber: 1, limit: 350, remaining: 150, ageMs: 5000, resetWithinMs: null }
  assert.equal(sighted(halved, stale, noon + 3000, timing).limit, 175)
})

test('requests of another program are counted too', () => {
  const shared = seeing({ ...probed(noon), granted: 20 }, { limit: 350, remaining: 2 })
  assert.equal(permitsOf(take(shared, person, noon + 2000, timing)), 1)
  assert.equal(shared.granted, 348)
})

test('two hosts in step with Lightspeed use its whole budget and are never refused', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 2000 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer(),
      (limit, lanes, seed) => {
        const { refusals, used } = trade({ limit, lanes, seed, opensAt: 0 })
        assert.equal(refusals, 0)
        for (const share of used) assert.ok(share >= 0.95 && share <= 1, `used ${share}`)
      },
    ),
    { numRuns: 40 },
  )
})

test('where Lightspeed’s window begins at an odd time, a refusal or two teach it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: fiveMinutesMs - 1 }),
      fc.integer({ min: 100, max: 1000 }),
      fc.integer(),
      (opensAt, limit, seed) => {
        const { refusals, used } = trade({ limit, lanes: 3, seed, opensAt })
        assert.ok(refusals <= 6, `${refusals} refusals`)
        for (const share of used.slice(2)) assert.ok(share >= 0.95, `used ${share}`)
      },
    ),
    { numRuns: 40 },
  )
})

function probed(now: number): Budget {
  return seeing(take(newBudget(now, timing), sync, now, timing).budget, { limit: 350, remaining: 349 })
}

function seeing(budget: Budget, headers: { limit: number; remaining: number }): Budget {
  return sighted(budget, { windowNumber: 1, ...headers, ageMs: 0, resetWithinMs: null }, noon + 1000, timing)
}

const permitsOf = ({ answer }: ReturnType<typeof take>) => answer.permits
const waitOf = ({ answer }: ReturnType<typeof take>) => (answer.permits === 0 ? answer.reason : 'granted')

type Trade = { limit: number; lanes: number; seed: number; opensAt: number }

/** Half an hour of two busy processes against a Lightspeed that counts by itself, in no time: the clock is a number. */
function trade({ limit, lanes, seed, opensAt }: Trade) {
  const lightspeed = { window: -1, used: 0, refusals: 0, history: [] as number[] }
  const random = sequence(seed)
  let budget = newBudget(noon, timing)
  const hosts = [0, 1].map(() => ({ pocket: emptyPocket, idleUntil: 0, flights: [] as Flight[] }))
  type Flight = {
    departure: Departure
    arrives: number
    returns: number
    headers?: { limit: number; remaining: number }
    retryMs?: number
  }

  const arrive = (flight: Flight, now: number) => {
    const window = Math.floor((now - opensAt) / fiveMinutesMs)
    if (window !== lightspeed.window) {
      if (lightspeed.window >= 0) lightspeed.history.push(lightspeed.used / limit)
      Object.assign(lightspeed, { window, used: 0 })
    }
    if (lightspeed.used >= limit) {
      lightspeed.refusals++
      flight.retryMs = (window + 1) * fiveMinutesMs + opensAt - now
    } else lightspeed.used++
    flight.headers = { limit, remaining: limit - lightspeed.used }
  }

  const report = (pocket: Pocket, now: number) => {
    if (pocket.seen) budget = sighted(budget, { ...pocket.seen, ageMs: now - pocket.seen.at }, now, timing)
  }

  const step = (host: (typeof hosts)[number], now: number) => {
    for (const flight of host.flights) if (!flight.headers && flight.arrives <= now) arrive(flight, now)
    for (const flight of host.flights.filter(({ returns }) => returns <= now)) {
      const { pocket } = returned(host.pocket, flight.departure, flight.headers ?? null, now)
      host.pocket = pocket
      report(pocket, now)
      if (flight.retryMs === undefined) continue
      host.pocket = emptied(pocket)
      budget = banned(budget, { waitMs: flight.retryMs, isExact: true }, now)
    }
    host.flights = host.flights.filter(({ returns }) => returns > now)
    while (host.flights.length < lanes) {
      const next = nextStep(host.pocket, now)
      if (next === 'await_answer' || (next === 'ask' && host.idleUntil > now)) return
      if (next === 'ask') {
        report(host.pocket, now)
        const asked = take(
          budget,
          { priority: 'sync', windowNumber: host.pocket.windowNumber, inFlight: host.flights.length },
          now,
          timing,
        )
        budget = asked.budget
        const { answer } = asked
        if (answer.permits === 0) {
          host.pocket = { ...host.pocket, windowNumber: answer.windowNumber }
          host.idleUntil = now + Math.min(answer.waitMs, 500)
          return
        }
        host.pocket = filled(host.pocket, answer.permits, answer.windowNumber, now + answer.endsInMs)
        continue
      }
      const { pocket, departure } = departed(host.pocket)
      host.pocket = pocket
      const arrives = now + 5 + random() * 60
      host.flights.push({ departure, arrives, returns: arrives + 5 + random() * 400 })
    }
  }
  for (let now = noon; now < noon + 6 * fiveMinutesMs; now += 20) for (const host of hosts) step(host, now)
  return { refusals: lightspeed.refusals, used: lightspeed.history.slice(1) }
}

function sequence(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
