import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { readComeBack } from './retry-after.rules.ts'

const noon = Date.parse('2026-03-02T12:01:00Z')
const refused = { retryAfter: null, serverDate: 'Mon, 02 Mar 2026 12:01:00 GMT', body: '' }

test('Lightspeed says by a date when to come back', () => {
  const answer = { ...refused, retryAfter: 'Mon, 02 Mar 2026 12:02:30 GMT' }
  assert.deepEqual(readComeBack(answer, noon), { waitMs: 90_000, isExact: true })
})

test('a shop computer whose clock is an hour wrong waits just as long', () => {
  const answer = { ...refused, retryAfter: 'Mon, 02 Mar 2026 12:02:30 GMT' }
  assert.deepEqual(readComeBack(answer, noon + 3_600_000), { waitMs: 90_000, isExact: true })
})

test('a date in the past means a second, and is not taken for the end of the window', () => {
  const answer = { ...refused, retryAfter: 'Wed, 15 Jul 2020 15:04:05 GMT' }
  assert.deepEqual(readComeBack(answer, noon), { waitMs: 1000, isExact: false })
})

test('seconds are understood too, and so is the date that old answers had in their body', () => {
  assert.deepEqual(readComeBack({ ...refused, retryAfter: '12' }, noon), { waitMs: 12_000, isExact: true })
  const body = '{"error":"Too Many Requests","retry-after":"Mon, 02 Mar 2026 12:01:07 +0000"}'
  assert.deepEqual(readComeBack({ ...refused, body }, noon), { waitMs: 7000, isExact: true })
})

test('without a word the next full five minutes of Lightspeed’s clock are waited for', () => {
  assert.deepEqual(readComeBack(refused, noon), { waitMs: 240_000, isExact: false })
  assert.deepEqual(readComeBack({ ...refused, serverDate: null }, noon + 1000), { waitMs: 239_000, isExact: false })
  assert.deepEqual(readComeBack({ ...refused, retryAfter: 'soon' }, noon), { waitMs: 240_000, isExact: false })
})

test('whatever stands there, nobody waits shorter than a second or longer than five minutes', () => {
  const anyText = fc.oneof(
    fc.string(),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    fc.nat().map(String),
  )
  fc.assert(
    fc.property(fc.option(anyText), fc.option(anyText), anyText, (retryAfter, serverDate, body) => {
      const { waitMs } = readComeBack({ retryAfter, serverDate, body }, noon)
      assert.ok(waitMs >= 1000 && waitMs <= 300_000, `${waitMs}`)
    }),
  )
})
