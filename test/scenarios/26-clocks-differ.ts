import assert from 'node:assert/strict'
import { join } from 'node:path'
import { openLedger } from '#test/ledger.ts'
import { openWorkshop, wordsOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

const failsEvery = 10

export const clocksDiffer: Scenario = {
  number: 26,
  fault: 'the clocks of two workers differ by hours',
  promise: 'each job takes effect once, none is taken from a worker that lives, and what failed is tried again in time',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    await using ledger = await openLedger(shop)
    const words = wordsOf(length === 'short' ? 100 : 1_000)
    const skewMs = Math.round((chance() - 0.5) * 24 * 3_600_000)
    const usual = { LEDGER_MS: '40', LEDGER_FAILS: String(failsEvery) }
    const skewed = {
      NODE_OPTIONS: `--import ${join(import.meta.dirname, '../skewed-clock.ts')}`,
      SKEW_MS: String(skewMs),
    }
    await ledger.startWorker(usual)
    await ledger.startWorker({ ...usual, ...skewed })
    await shop.orderAll(words)
    await shop.rescue()
    await shop.settled()
    await shop.rescue()
    assert.deepEqual(await ledger.words(), words)
    assert.equal(ledger.starts().length, words.length + words.length / failsEvery)
    const stats = await (await shop.api.api.v1.jobs.stats.$get()).json()
    assert.deepEqual(
      stats.workers.map(({ isSilent }) => isSilent),
      [false, false],
    )
  },
}
