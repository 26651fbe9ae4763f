import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLedger } from '#test/ledger.ts'
import { openWorkshop, until, wordsOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const workerFrozen: Scenario = {
  number: 2,
  fault: 'a worker freezes with jobs in its hands, others take them over, and it wakes up',
  promise: 'each job takes effect once: what the woken one says does not count',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    await using ledger = await openLedger(shop)
    const words = wordsOf(length === 'short' ? 40 : 400)
    await shop.orderAll(words)
    const frozen = await ledger.startWorker({ WORKERS: '10', LEDGER_MS: '400' })
    await until(() => ledger.starts().length >= 10)
    await sleep(chance() * 200)
    frozen.signal('SIGSTOP')
    await ledger.startWorker({ WORKERS: '10', LEDGER_MS: '20' })
    await sleep(350)
    await ledger.hourPasses()
    await until(async () => (await shop.count('completed')) >= words.length - 5)
    await sleep(chance() * (length === 'short' ? 100 : 5_000))
    frozen.signal('SIGCONT')
    await shop.settled()
    await shop.order('one more')
    await shop.settled()
    assert.deepEqual(await ledger.words(), [...words, 'one more'])
  },
}
