import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pointsOf } from './points.rules.ts'

const sample = (at: number, done: number, failed = 0) => ({ at, waiting: 3, running: 1, done, failed })

test('a rate is what was done in the minute before', () => {
  const samples = [0, 10, 20, 30, 40, 50, 60, 70].map((at) => sample(at, 100 + at / 10, at === 70 ? 2 : 0))
  const rates = pointsOf(samples).map(({ at, donePerMinute, failedPerMinute }) => [at, donePerMinute, failedPerMinute])
  assert.deepEqual(rates[0], [0, null, null], 'nothing is known of what was before')
  assert.deepEqual(rates[1], [10, 6, 0])
  assert.deepEqual(rates[6], [60, 6, 0])
  assert.deepEqual(rates[7], [70, 6, 2], 'the failures of the minute before, not of all time')
})

test('where nobody looked for a while, a rate is that of the time between', () => {
  const points = pointsOf([sample(0, 0), sample(10, 5), sample(610, 105)])
  assert.equal(points[2]?.donePerMinute, 10)
})

test('counts that begin anew make no rate below nothing', () => {
  assert.equal(pointsOf([sample(0, 50), sample(60, 0)])[1]?.donePerMinute, 0)
})
