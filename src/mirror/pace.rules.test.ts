import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDue, isThrottled, nextLook, paces, type Standing } from './pace.rules.ts'
import { entities } from './tables.ts'

const noon = new Date('2026-11-21T12:00:00Z')
const ago = (seconds: number) => new Date(noon.getTime() - seconds * 1000)
const calm = { quickestSeconds: 30, isThrottled: false, now: noon }
const standing = (entity: string, more: Partial<Standing> = {}): Standing => ({
  entity,
  readAt: ago(60),
  askedAt: ago(61),
  nudgedAt: null,
  ...more,
})
const everyOf = (one: Standing, about = calm) => {
  const { everySeconds, why } = nextLook(one, about)
  return `${everySeconds} ${why}`
}

test('every list that is mirrored has a pace of its own, with the reason', () => {
  assert.deepEqual(Object.keys(paces).toSorted(), entities.map(({ name }) => name).toSorted())
  for (const { beats, because } of Object.values(paces)) assert.ok(beats >= 1 && because.length > 10)
})

test('levels and sales are looked at with every beat, taxes seldom; nothing waits longer than half an hour', () => {
  assert.equal(everyOf(standing('inventory')), '30 usual')
  assert.equal(everyOf(standing('taxes')), '600 usual')
  assert.equal(everyOf(standing('taxes'), { ...calm, quickestSeconds: 300 }), '1800 usual')
  assert.equal(everyOf(standing('taxes'), { ...calm, quickestSeconds: 7200 }), '7200 usual')
})

test('after a webhook its list is looked at as often as any for ten minutes, and then as before', () => {
  assert.equal(everyOf(standing('customers', { nudgedAt: ago(590) })), '30 webhook')
  assert.equal(everyOf(standing('customers', { nudgedAt: ago(610) })), '120 usual')
})

test('while Lightspeed has no room every look is four times as seldom', () => {
  const busy = { ...calm, isThrottled: true }
  assert.equal(everyOf(standing('inventory'), busy), '120 throttled')
  assert.equal(everyOf(standing('customers', { nudgedAt: ago(5) }), busy), '120 throttled')
  assert.equal(everyOf(standing('taxes'), busy), '1800 throttled')
})

test('Lightspeed has no room when it refused within five minutes, or when its window is nearly used up', () => {
  const budget = { limit: 1000, granted: 100, windowEndsAt: ago(-100), blockedUntil: null }
  assert.equal(isThrottled(undefined, noon), false)
  assert.equal(isThrottled(budget, noon), false)
  assert.equal(isThrottled({ ...budget, granted: 800 }, noon), true)
  assert.equal(isThrottled({ ...budget, granted: 800, windowEndsAt: ago(1) }, noon), false)
  assert.equal(isThrottled({ ...budget, blockedUntil: ago(299) }, noon), true)
  assert.equal(isThrottled({ ...budget, blockedUntil: ago(301) }, noon), false)
})

test('a look that failed is tried again with the second beat, and one never made is made at once', () => {
  assert.equal(everyOf(standing('taxes', { readAt: ago(900), askedAt: ago(5) })), '60 failed')
  const first = nextLook(standing('taxes', { readAt: null, askedAt: null }), calm)
  assert.deepEqual([first.why, isDue(first, calm)], ['first', true])
})

test('a look is due at the beat after its time has come, though the last one ended a little after its own beat', () => {
  assert.deepEqual([14, 16, 30].map(isDueAfter), [false, true, true])
})

function isDueAfter(seconds: number): boolean {
  const sales = standing('sales', { readAt: ago(seconds), askedAt: ago(seconds) })
  return isDue(nextLook(sales, calm), calm)
}
