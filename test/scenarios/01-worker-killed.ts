import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLedger } from '#test/ledger.ts'
import { openWorkshop, until, wordsOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const workerKilled: Scenario = {
  number: 1,
  fault: 'a worker is killed with jobs in its hands',
  promise: 'all are done again by another, each takes effect once',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    await using ledger = await openLedger(shop)
    const words = wordsOf(length === 'short' ? 40 : 400)
    await shop.orderAll(words)
    const first = await ledger.startWorker({ WORKERS: '20', LEDGER_MS: '2000' })
    await until(() => ledger.starts().length >= 20)
    await sleep(chance() * 500)
    await first.kill()
    assert.ok((await shop.count('active')) > 0, 'the worker held jobs when it was killed')
    await ledger.startWorker({ WORKERS: '20', LEDGER_MS: '50' })
    await ledger.hourPasses()
    await shop.settled()
    assert.deepEqual(await ledger.words(), words)
  },
}
