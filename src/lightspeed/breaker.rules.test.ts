import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closedBreaker, failed, isPassing, leaveOf, tried, trying, usualBreaking } from './breaker.rules.ts'

const second = 1_000

test('eight failures within two minutes leave Lightspeed alone for three; seven, or eight in a longer time, do not', () => {
  const after = (times: readonly number[]) =>
    times.reduce((breaker, at) => failed(breaker, at * second, usualBreaking), closedBreaker)
  assert.deepEqual(leaveOf(after([0, 1, 2, 3, 4, 5, 6]), 7 * second), { kind: 'go' })
  assert.deepEqual(leaveOf(after([0, 20, 40, 60, 80, 100, 119, 121]), 122 * second), { kind: 'go' })
  const open = after([0, 1, 2, 3, 4, 5, 6, 119])
  assert.deepEqual(leaveOf(open, 120 * second), { kind: 'wait', until: (119 + 180) * second })
  assert.deepEqual(leaveOf(open, (119 + 180) * second - 1).kind, 'wait')
  assert.deepEqual(leaveOf(open, (119 + 180) * second), { kind: 'trial' })
  assert.equal(failed(open, 121 * second, usualBreaking), open)
})

test('one tries for all: an answer lets everyone go on, a failure is three more minutes, and who is lost is replaced', () => {
  const open = { failures: [0], openedAt: 0, openUntil: 100 * second, trialUntil: null }
  const during = trying(open, 100 * second, usualBreaking)
  assert.deepEqual(leaveOf(during, 101 * second), { kind: 'wait', until: 190 * second })
  assert.deepEqual(leaveOf(during, 190 * second), { kind: 'trial' })
  assert.deepEqual(tried(during, 'answered', 101 * second, usualBreaking), closedBreaker)
  const again = tried(during, 'failed', 101 * second, usualBreaking)
  assert.deepEqual(leaveOf(again, 101 * second), { kind: 'wait', until: 281 * second })
  assert.deepEqual(leaveOf(tried(during, 'unknown', 101 * second, usualBreaking), 101 * second), { kind: 'trial' })
})

test('a refusal is an answer; only what passes by itself counts', () => {
  for (const kind of ['server_error', 'timed_out', 'unreachable'] as const) assert.ok(isPassing(kind), kind)
  for (const kind of ['unauthorised', 'not_found', 'rate_limited', 'rejected', 'not_json'] as const)
    assert.ok(!isPassing(kind), kind)
})
