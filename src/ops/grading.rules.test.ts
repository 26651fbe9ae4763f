import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gradeOf, gradeOfQueue, mayWriteToLightspeed, mostRiskyAtOnce, type Signs } from './grading.rules.ts'
import { readTradingHours, silentSeconds } from './trading.rules.ts'

const calm: Signs = {
  waiting: 1_000,
  oldestWaitingSeconds: 600,
  workersAlive: 1,
  calls: { total: 100, serverErrors: 5, refusals: 5 },
  webhooksSilentSeconds: 900,
}

test('the whole is green up to each limit, amber beyond it, and red beyond the next', () => {
  assert.deepEqual(gradeOf(calm), { grade: 'green', reasons: [] })
  const cases: [Partial<Signs>, string, RegExp][] = [
    [{ waiting: 1_001 }, 'amber', /^1001 jobs wait$/],
    [{ waiting: 5_001 }, 'red', /^5001 jobs wait$/],
    [{ oldestWaitingSeconds: 601 }, 'amber', /waited for 10 minutes/],
    [{ oldestWaitingSeconds: 1_801 }, 'red', /waited for 30 minutes/],
    [{ workersAlive: 0, waiting: 0 }, 'amber', /no worker runs/],
    [{ workersAlive: 0, waiting: 1 }, 'red', /no worker runs/],
    [{ calls: { total: 100, serverErrors: 6, refusals: 0 } }, 'amber', /6 % of the calls fail at Lightspeed/],
    [{ calls: { total: 100, serverErrors: 16, refusals: 0 } }, 'red', /16 % of the calls fail/],
    [{ calls: { total: 100, serverErrors: 0, refusals: 6 } }, 'amber', /6 % of the calls are too many/],
    [{ calls: { total: 100, serverErrors: 0, refusals: 21 } }, 'red', /21 % of the calls are too many/],
    [{ webhooksSilentSeconds: 901 }, 'amber', /no webhook has come for 15 minutes/],
    [{ webhooksSilentSeconds: 90_000 }, 'amber', /no webhook/],
  ]
  for (const [sign, grade, reason] of cases) {
    const verdict = gradeOf({ ...calm, ...sign })
    assert.equal(verdict.grade, grade, JSON.stringify(sign))
    assert.match(verdict.reasons.join(), reason)
  }
  assert.equal(gradeOf({ ...calm, oldestWaitingSeconds: 1_801, workersAlive: 0 }).reasons.length, 2)
  assert.equal(gradeOfQueue({ ...calm, waiting: 1_001 }).grade, 'amber')
})

test('one failure of two calls is not a half of Lightspeed, and webhooks that nobody ordered cannot be missed', () => {
  assert.equal(gradeOf({ ...calm, calls: { total: 2, serverErrors: 1, refusals: 1 } }).grade, 'green')
  assert.equal(gradeOf({ ...calm, webhooksSilentSeconds: null }).grade, 'green')
})

test('amber leaves one risky job at a time, red none, and then nothing is written to Lightspeed', () => {
  assert.deepEqual((['green', 'amber', 'red'] as const).map(mostRiskyAtOnce), [Infinity, 1, 0])
  assert.deepEqual((['green', 'amber', 'red'] as const).map(mayWriteToLightspeed), [true, true, false])
})

test('silence counts while the shops are open, from the opening on, by their own clock', () => {
  const hours = readTradingHours('09:00-17:30')
  assert.deepEqual(hours, { from: 540, to: 1_050 })
  if (!hours) return
  const silent = (now: string, lastAt: string) =>
    silentSeconds({ now: new Date(now), lastAt: new Date(lastAt), hours, timeZone: 'Pacific/Auckland' })
  assert.equal(silent('2026-07-01T19:00:00Z', '2026-07-01T05:00:00Z'), null, 'seven in the morning')
  assert.equal(silent('2026-07-01T21:10:00Z', '2026-07-01T05:00:00Z'), 600, 'ten past nine')
  assert.equal(silent('2026-07-02T00:00:00Z', '2026-07-01T23:40:00Z'), 1_200, 'noon')
  assert.equal(silent('2026-07-02T05:30:00Z', '2026-07-01T23:40:00Z'), null, 'half past five in the afternoon')
  assert.deepEqual(readTradingHours('00:00-24:00'), { from: 0, to: 1_440 })
  for (const wrong of ['9-17', '17:00-09:00', '09:00-24:30', '']) assert.equal(readTradingHours(wrong), undefined)
})
