import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { openLedger } from '#test/ledger.ts'
import { openOwnPostgres } from '#test/own-postgres.ts'
import { openWorkshop, wordsOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const connectionsUsedUp: Scenario = {
  number: 8,
  fault:
    'somebody else takes every connection that PostgreSQL has, and more jobs run than there are connections of our own',
  promise: 'jobs wait for their turn; none is lost, none takes effect twice',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using postgres = await openOwnPostgres()
    await using shop = await openWorkshop({ env: { DATABASE_URL: postgres.url, WORKERS: '2' } })
    await using ledger = await openLedger(shop)
    await shop.hire(
      ledger.task(() => chance() * 30),
      { slots: 40 },
    )
    const words = wordsOf(length === 'short' ? 150 : 1_000)
    await using ordering = ledger.keepOrdering(words, 3)
    for (let wave = 0; wave < (length === 'short' ? 1 : 5); wave += 1) {
      await sleep(chance() * 300)
      await using others = await takeAll(postgres.url)
      assert.ok(others.taken >= 90, `${others.taken} connections were taken`)
      await sleep(500 + chance() * 500)
    }
    await ordering.ended()
    await shop.rescueUntilSettled()
    assert.deepEqual(await ledger.words(), words)
    await shop.dismissAll()
  },
}

/** Takes what connections there are, cuts ours, and takes those too. */
async function takeAll(url: string) {
  const taken: Client[] = []
  const take = async () => {
    const client = new Client(url)
    client.on('error', () => {})
    await client.connect()
    taken.push(client)
  }
  const takeWhatThereIs = async () => {
    for (;;) {
      const tries = await Promise.allSettled(Array.from({ length: 10 }, take))
      if (tries.every(({ status }) => status === 'rejected')) return
    }
  }
  await takeWhatThereIs()
  await taken[0]?.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'consign%'`)
  await takeWhatThereIs()
  const release = async () => void (await Promise.all(taken.map((client) => client.end())))
  return { taken: taken.length, [Symbol.asyncDispose]: release }
}
