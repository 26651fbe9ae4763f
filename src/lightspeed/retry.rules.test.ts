import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { kindOfStatus } from './errors.rules.ts'
import { afterFailure, type Failure, type Method } from './retry.rules.ts'

const get: Failure = { method: 'GET', kind: 'server_error', status: 502, attempt: 1, hasRenewed: false }

test('what passes by itself is asked for again, what was refused for its content never is', () => {
  const outcomes = [429, 500, 502, 503, 504, 401, 400, 403, 404, 409, 422].map((status) => {
    return [status, afterFailure({ ...get, status, kind: kindOfStatus(status) }, 0).act]
  })
  assert.deepEqual(Object.fromEntries(outcomes), {
    400: 'give_up',
    401: 'renew',
    403: 'give_up',
    404: 'give_up',
    409: 'give_up',
    422: 'give_up',
    429: 'retry',
    500: 'retry',
    502: 'retry',
    503: 'retry',
    504: 'retry',
  })
})

test('a 500 is tried three times, a gateway’s failure or a broken line five times', () => {
  assert.equal(triesOf({ ...get, status: 500 }), 3)
  assert.equal(triesOf({ ...get, status: 503 }), 5)
  assert.equal(triesOf({ ...get, kind: 'unreachable', status: undefined }), 5)
  assert.equal(triesOf({ ...get, kind: 'too_large', status: 200 }), 1)
})

test('an order is never sent twice, unless Lightspeed said that it did nothing with the first', () => {
  const post = { ...get, method: 'POST' } as const
  for (const kind of ['unreachable', 'timed_out', 'not_json', 'server_error'] as const) {
    assert.equal(afterFailure({ ...post, kind }, 0).act, 'give_up')
  }
  assert.equal(afterFailure({ ...post, kind: 'rate_limited', status: 429 }, 0).act, 'retry')
  assert.equal(afterFailure({ ...post, kind: 'unauthorised', status: 401 }, 0).act, 'renew')
})

test('a second refusal of the token is the end', () => {
  assert.equal(afterFailure({ ...get, kind: 'unauthorised', status: 401, hasRenewed: true }, 0).act, 'give_up')
})

test('pauses double, never pass thirty seconds, differ by chance, and are never shorter than Lightspeed asked', () => {
  assert.deepEqual(afterFailure(get, 1), { act: 'retry', waitMs: 500 })
  assert.deepEqual(afterFailure({ ...get, attempt: 4 }, 1), { act: 'retry', waitMs: 4000 })
  const methods = fc.constantFrom<Method>('GET', 'PUT', 'DELETE')
  const jitters = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(methods, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 300_000 }), jitters, (...drawn) => {
      const [method, attempt, comeBackMs, jitter] = drawn
      const next = afterFailure({ ...get, method, kind: 'rate_limited', status: 429, attempt, comeBackMs }, jitter)
      assert.ok(next.act === 'retry' && next.waitMs >= comeBackMs && next.waitMs <= Math.max(comeBackMs, 30_000))
    }),
  )
})

function triesOf(failure: Failure): number {
  let attempt = 1
  while (afterFailure({ ...failure, attempt }, 0).act === 'retry') attempt++
  return attempt
}
