import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLedger } from '#test/ledger.ts'
import { envelope, sendEnvelope, webhookEnv } from '#test/webhooks.ts'
import { openWorkshop, until, wordsOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const processBlocked: Scenario = {
  number: 11,
  fault: 'a job never lets go of its process',
  promise:
    'another process takes over what it held, each job takes effect once, and webhooks are accepted all the while',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop({ env: webhookEnv })
    await using ledger = await openLedger(shop)
    const words = wordsOf(length === 'short' ? 30 : 300)
    const blocking = words[Math.floor(chance() * 10)] ?? ''
    await ledger.startWorker({ WORKERS: '4', LEDGER_MS: '50', LEDGER_BLOCKS: blocking })
    await shop.orderAll(words)
    await until(() => ledger.starts().includes(blocking))
    await ledger.startWorker({ WORKERS: '4', LEDGER_MS: '20' })
    await sleep(350)
    await ledger.hourPasses()
    const accepting = (async () => {
      const statuses: number[] = []
      for (let at = 0; at < 10; at += 1)
        statuses.push((await sendEnvelope(shop, envelope({ event_type: 'shop.waves' }))).status)
      return statuses
    })()
    await shop.settled()
    assert.deepEqual(await ledger.words(), words)
    assert.ok((await accepting).every((status) => status === 202))
  },
}
