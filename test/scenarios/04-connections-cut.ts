import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { openDatabase } from '#src/db/database.ts'
import { openLedger } from '#test/ledger.ts'
import { openWorkshop, until, wordsOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const connectionsCut: Scenario = {
  number: 4,
  fault: 'every connection to the database is cut, again and again, while jobs come and go',
  promise: 'no job is lost, none takes effect twice, and work goes on within seconds',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    await using ledger = await openLedger(shop)
    for (const _ of ['one worker', 'another']) await shop.hire(ledger.task(() => chance() * 30))
    const words = wordsOf(length === 'short' ? 120 : 800)
    await using ordering = ledger.keepOrdering(words, 10)
    for (let cut = 0; cut < (length === 'short' ? 4 : 20); cut += 1) {
      await sleep(100 + chance() * 400)
      await cutAll(shop.databaseUrl)
    }
    const before = (await ledger.words()).length
    if (before < words.length) await until(async () => (await ledger.words()).length > before, 3_000)
    await ordering.ended()
    await shop.rescueUntilSettled()
    assert.deepEqual(await ledger.words(), words)
  },
}

async function cutAll(databaseUrl: string) {
  await using own = openDatabase(databaseUrl, { poolSize: 1 })
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(own.db)
}
