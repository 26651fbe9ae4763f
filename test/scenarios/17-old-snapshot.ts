import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#src/db/database.ts'
import { openLedger } from '#test/ledger.ts'
import { openWorkshop, wordsOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

const perSecond = 100

export const oldSnapshot: Scenario = {
  number: 17,
  fault:
    'a session sits idle in a transaction, so that PostgreSQL can clean up nothing, while a hundred jobs come each second',
  promise: 'at least nine in ten are done in the pace in which they come, and all in the end',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    await using ledger = await openLedger(shop)
    await using other = openDatabase(shop.databaseUrl, { poolSize: 1 })
    const idler = await other.pool.connect()
    await idler.query('set idle_in_transaction_session_timeout = 0')
    await idler.query('begin isolation level repeatable read')
    await idler.query('select count(*), txid_current() from pgboss.job')
    await shop.hire(
      ledger.task(() => chance() * 20),
      { slots: 8 },
    )
    const seconds = length === 'short' ? 3 : 120
    const words = wordsOf(seconds * perSecond)
    const began = Date.now()
    for (const [at, word] of words.entries()) {
      await ledger.orderOnce(word)
      await sleep(Math.max(0, began + ((at + 1) * 1_000) / perSecond - Date.now()))
    }
    const inPace = (await ledger.words()).length
    assert.ok(inPace >= words.length * 0.9, `${inPace} of ${words.length} were done in the pace in which they came`)
    await shop.settled()
    assert.deepEqual(await ledger.words(), words)
    await idler.query('rollback')
    idler.release()
  },
}
