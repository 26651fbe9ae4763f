import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retryDelayMs } from './backoff.rules.ts'
import { gradeOf } from './grading.rules.ts'

test('a queue is amber when much waits or waits long, red when it is more than that or nobody works it off', () => {
  const calm = { waiting: 1_000, oldestWaitingSeconds: 600, workersAlive: 1 }
  assert.deepEqual(gradeOf(calm), { grade: 'green', reasons: [] })
  assert.deepEqual(gradeOf({ ...calm, waiting: 1_001 }), { grade: 'amber', reasons: ['1001 jobs wait'] })
  assert.equal(gradeOf({ ...calm, waiting: 5_001 }).grade, 'red')
  assert.equal(gradeOf({ waiting: 0, oldestWaitingSeconds: 0, workersAlive: 0 }).grade, 'amber')
  assert.equal(gradeOf({ waiting: 1, oldestWaitingSeconds: 0, workersAlive: 0 }).grade, 'red')
  assert.equal(gradeOf({ ...calm, oldestWaitingSeconds: 601 }).grade, 'amber')
  assert.equal(gradeOf({ ...calm, oldestWaitingSeconds: 1_801, workersAlive: 0 }).reasons.length, 2)
})

test('a job is tried again after 200 ms times two to the tries that failed, give or take a half, never later than 15 min', () => {
  for (const [failures, least, most] of [
    [1, 200, 600],
    [2, 400, 1_200],
    [3, 800, 2_400],
    [60, 900_000, 900_000],
  ] as const) {
    assert.equal(retryDelayMs(failures, 0), least)
    assert.equal(retryDelayMs(failures, 1), most)
  }
})
