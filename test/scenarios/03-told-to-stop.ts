import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { openLedger } from '#test/ledger.ts'
import { openWorkshop, until, wordsOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const toldToStop: Scenario = {
  number: 3,
  fault: 'a worker is told to stop in the middle of its jobs',
  promise: 'it ends in order: each job is finished in the time of grace or handed back at once, and no try is spent',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    await using ledger = await openLedger(shop)
    const words = wordsOf(length === 'short' ? 40 : 200)
    await shop.orderAll(words)
    const first = await ledger.startWorker({ WORKERS: '10', LEDGER_MS: '900', LEDGER_GRACE_MS: '300' })
    await until(() => ledger.starts().length >= 10)
    await sleep(chance() * 400)
    first.signal('SIGTERM')
    assert.equal(await first.exited, 0)
    assert.equal(await shop.count('active'), 0, 'nothing is left in the hands of nobody')
    assert.ok((await shop.count('retry')) > 0, 'some were handed back')
    assert.equal(await triesSpent(shop), 0)
    await ledger.startWorker({ WORKERS: '10', LEDGER_MS: '20' })
    await shop.settled()
    assert.deepEqual(await ledger.words(), words)
    assert.deepEqual(await shop.db.selectFrom('worker').select('slots').execute(), [{ slots: 10 }])
  },
}

/** Tries that count as failed: a job handed back has as many left as at first. */
async function triesSpent({ db }: Awaited<ReturnType<typeof openWorkshop>>): Promise<number> {
  const { rows } = await sql<{ spent: number }>`
    select count(*) as spent from pgboss.job where state = 'retry' and retry_limit - retry_count < 1`.execute(db)
  return rows[0]?.spent ?? 0
}
