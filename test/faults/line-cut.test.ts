import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { openWorkshop, until } from '#test/workers.ts'

test('the line that rings for new jobs is cut: they are found by looking, and the line is laid again', async () => {
  await using shop = await openWorkshop()
  const began: number[] = []
  await shop.hire({ outside: async () => void began.push(Date.now()) })
  await shop.order('before')
  await until(() => began.length === 1)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'consign jobs' and datname = current_database()`.execute(shop.db)
  const waits = []
  for (let at = 0; at < 3; at += 1) {
    const asked = Date.now()
    await shop.order(`after ${at}`)
    await until(() => began.length === at + 2)
    waits.push((began.at(-1) ?? 0) - asked)
    await sleep(1_100)
  }
  assert.ok(Math.max(...waits) < 2_500, `looked for: ${waits.join(', ')} ms`)
  assert.ok((waits.at(-1) ?? 0) < 500, `rung for again: ${waits.join(', ')} ms`)
})
