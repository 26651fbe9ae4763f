import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { openLedger } from '#test/ledger.ts'
import { openWorkshop } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const bothOrNeither: Scenario = {
  number: 13,
  fault: 'a process is killed between a change and the job that it asks for, and changes are taken back after it',
  promise: 'change and job are both there or neither',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    await using ledger = await openLedger(shop)
    for (let kill = 0; kill < (length === 'short' ? 4 : 30); kill += 1) {
      const env = { PATH: process.env['PATH'] ?? '', ...shop.settings }
      const child = spawn(process.execPath, [join(import.meta.dirname, '../ordering-process.ts')], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(child.stdout, 'data')
      await sleep(50 + chance() * 150)
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const changes = await wordsIn(shop, `select word from asked order by 1`)
    const jobs = await wordsIn(shop, `select data #>> '{args,entities,0}' as word from pgboss.job order by 1`)
    assert.ok(changes.length > 0)
    assert.deepEqual(jobs, changes)
    assert.ok(!changes.some((word) => word.endsWith('5')))
    await ledger.startWorker({ LEDGER_MS: '1' })
    await shop.settled()
    assert.deepEqual(await ledger.words(), changes)
  },
}

async function wordsIn({ db }: Awaited<ReturnType<typeof openWorkshop>>, query: string): Promise<string[]> {
  const { rows } = await sql.raw<{ word: string }>(query).execute(db)
  return rows.map(({ word }) => word)
}
