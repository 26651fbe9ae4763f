import assert from 'node:assert/strict'
import { test } from 'node:test'
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
import { departed, emptyPocket, filled, nextStep } from './pocket.rules.ts'

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
  assert.ok(answer.kind === 'wait' && answer.waitMs < fiveMinutesMs)
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

test('requests under way when a window ends are counted in the next one as well', () => {
  const { budget } = take(probed(noon), { ...sync, inFlight: 7 }, noon + fiveMinutesMs, timing)
  assert.equal(budget.windowNumber, 2)
  assert.equal(budget.granted, 7 + 10)
})

test('a window that was used up is followed a little late, in case Lightspeed’s clock is behind', () => {
  const spent = { ...probed(noon), granted: 350 }
  assert.equal(waitOf(take(spent, sync, noon + fiveMinutesMs, timing)), 'budget_spent')
  assert.equal(permitsOf(take(spent, sync, noon + fiveMinutesMs + timing.guardMs, timing)), 1)
})

test('with one request left and one under way, the next waits for its answer', () => {
  const seen = { windowNumber: 1, limit: 350, remaining: 1, at: 0, resetWithinMs: null }
  const pocket = { ...filled(emptyPocket, 5, 1, 1000), seen }
  assert.equal(nextStep(pocket, 0), 'send')
  assert.equal(nextStep(departed(pocket).pocket, 0), 'await_answer')
  assert.equal(nextStep({ ...pocket, seen: { ...seen, remaining: 0 } }, 0), 'ask')
})

function probed(now: number): Budget {
  return seeing(take(newBudget(now, timing), sync, now, timing).budget, { limit: 350, remaining: 349 })
}

function seeing(budget: Budget, headers: { limit: number; remaining: number }): Budget {
  return sighted(budget, { windowNumber: 1, ...headers, ageMs: 0, resetWithinMs: null }, noon + 1000, timing)
}

const permitsOf = ({ answer }: ReturnType<typeof take>) => (answer.kind === 'granted' ? answer.permits : 0)
const waitOf = ({ answer }: ReturnType<typeof take>) => (answer.kind === 'wait' ? answer.reason : 'granted')
