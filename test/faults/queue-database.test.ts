import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { openDatabase } from '#src/db/database.ts'
import { startEmbeddedPostgres } from '#src/db/embedded.ts'
import { patiently } from '#src/db/faults.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Handler } from '#src/jobs/handler.ts'
import { enqueue } from '#src/jobs/queue.ts'
import { kind, openWorkshop, until, wordOf } from '#test/workers.ts'

const wordsOf = (many: number) => Array.from({ length: many }, (_, at) => `job ${String(at).padStart(3, '0')}`)

const intoLedger: Handler<typeof kind> = {
  inTransaction: async ({ db }, { args: { entities } }) => {
    await sql`insert into ledger (word) values (${entities[0]})`.execute(db)
    await sleep(Math.random() * 30)
  },
}

test('every connection is cut again and again while jobs come and go: none is lost, none takes effect twice', async () => {
  await using shop = await openWorkshop()
  await openTables(shop)
  await shop.hire(intoLedger, { slots: 4 })
  await shop.hire(intoLedger, { slots: 4 })
  const words = wordsOf(150)
  const ordering = (async () => {
    for (const word of words) {
      await patiently(() => orderOnce(shop, word))
      await sleep(10)
    }
  })()
  for (let cut = 0; cut < 6; cut += 1) {
    await sleep(150 + Math.random() * 200)
    await cutAll(shop)
  }
  await ordering
  await shop.rescueUntilSettled()
  assert.deepEqual(await ledgerOf(shop), words)
})

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

test('the database goes away in the middle of the work and comes back: what was ordered is done once', async () => {
  using data = newFolder()
  const first = await startEmbeddedPostgres(data.path, { throwaway: true })
  const shop = await openWorkshop({ env: { DATABASE_URL: first.url } })
  await openTables(shop)
  const words = wordsOf(60)
  for (const word of words) await orderOnce(shop, word)
  await shop.hire(intoLedger, { slots: 4 })
  await sleep(Math.random() * 300)
  await first.stop()
  await sleep(500)
  const second = await startEmbeddedPostgres(data.path, { throwaway: true })
  assert.equal(second.url, first.url)
  await shop.rescueUntilSettled()
  assert.deepEqual(await ledgerOf(shop), words)
  await shop.dismissAll()
  await shop[Symbol.asyncDispose]()
  await second.stop()
})

type Workshop = Awaited<ReturnType<typeof openWorkshop>>

async function openTables({ house }: Workshop) {
  await sql`create table ledger (word text); create table asked (word text primary key)`.execute(house.database.db)
}

/** A shopkeeper's change with its job; asked again because the answer was lost, it is known already. */
function orderOnce({ house }: Workshop, word: string) {
  return inTransaction(house.database, async ({ db }) => {
    const { rows } = await sql`insert into asked values (${word}) on conflict do nothing returning word`.execute(db)
    if (rows.length > 0) await enqueue(db, kind, wordOf(word))
  })
}

async function ledgerOf({ house }: Workshop): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`select word from ledger order by word`.execute(house.database.db)
  return rows.map(({ word }) => word)
}

async function cutAll({ databaseUrl }: Workshop) {
  await using own = openDatabase(databaseUrl, { poolSize: 1 })
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(own.db)
}

function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'consign-queue-'))
  chmodSync(path, 0o711)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
