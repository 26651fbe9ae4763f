import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retryDelayMs } from './backoff.rules.ts'

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
