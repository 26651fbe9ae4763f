import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLedger } from '#test/ledger.ts'
import { openOwnPostgres } from '#test/own-postgres.ts'
import { openWorkshop, wordsOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const databaseCrashes: Scenario = {
  number: 5,
  fault: 'PostgreSQL crashes under load, and comes back',
  promise: 'what was asked for is done once, and nothing that was answered is lost',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using postgres = await openOwnPostgres()
    await using shop = await openWorkshop({ env: { DATABASE_URL: postgres.url } })
    await using ledger = await openLedger(shop)
    await shop.hire(ledger.task(() => chance() * 30))
    const words = wordsOf(length === 'short' ? 120 : 600)
    await using ordering = ledger.keepOrdering(words, 5)
    for (let crash = 0; crash < (length === 'short' ? 1 : 3); crash += 1) {
      await sleep(100 + chance() * 400)
      await postgres.crash()
      await sleep(length === 'short' ? 500 : 2_000)
      await postgres.start()
    }
    await ordering.ended()
    await shop.rescueUntilSettled()
    assert.deepEqual(await ledger.words(), words)
    await shop.dismissAll()
  },
}
