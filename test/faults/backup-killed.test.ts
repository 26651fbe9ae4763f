import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { Interrupted } from '#cli/exit.ts'
import type { Db } from '#src/db/database.ts'
import { contentsOf, namesIn, openEmptyPlace, openSmallShop, restore, takeBackup, verify } from '#test/backups.ts'
import { startConsign } from '#test/process.ts'
import { typeCommand } from '#test/terminal.ts'
import { until } from '#test/workers.ts'

/** Rows enough that a backup and a restore take a while. */
async function openBusyShop() {
  const shop = await openSmallShop()
  await sql`insert into lightspeed_call (at, method, path, endpoint, duration_ms, attempt, failure)
    select now(), 'GET', '/api/2.0/products', '/api/2.0/products', n, 1, repeat(md5(n::text), 10)
    from generate_series(1, 60000) n`.execute(shop.db)
  writeFileSync(join(shop.folder, 'secret-key'), 'the key of the shop')
  return shop
}

test('a backup killed in the middle leaves nothing that is taken for one, and the next one is whole', async () => {
  await using shop = await openBusyShop()
  await using consign = startConsign(['backup', '--to', shop.backups], shop.settings)
  await until(() => halves(shop).some((half) => namesIn(join(shop.backups, half, 'tables')).length > 2))
  await consign.end('SIGKILL')
  const [half = ''] = halves(shop)
  assert.deepEqual(namesIn(shop.backups), [half])
  const told = await verify(join(shop.backups, half))
  assert.equal(told.exitCode, 1)
  assert.match(told.stdout, /manifest\.json is missing: this backup was never finished/)
  assert.equal((await verify(await takeBackup(shop.settings, shop.backups))).exitCode, 0)
})

test('a restore killed in the middle leaves not a row, and is done again', async () => {
  await using shop = await openBusyShop()
  await using place = await openEmptyPlace()
  const backup = await takeBackup(shop.settings, shop.backups)
  await using consign = startConsign(['restore', backup], place.settings)
  await until(async () => (await copying(place)) > 0)
  await consign.end('SIGKILL')
  await until(async () => (await sessions(place)) === 0)
  assert.equal(await rowsOf(place.db), 0)
  const again = await restore(backup, place.settings)
  assert.equal(again.exitCode, 0, again.stderr)
  assert.deepEqual(await contentsOf(place.db), await contentsOf(shop.db))
  assert.equal(readFileSync(join(place.folder, 'secret-key'), 'utf8'), 'the key of the shop')
})

test('what is written while a backup is taken is in it whole or not at all', async () => {
  await using shop = await openBusyShop()
  await using place = await openEmptyPlace()
  const taken = new AbortController()
  const writing = (async () => {
    for (let at = 0; !taken.signal.aborted; at += 1)
      await sql`with told as (insert into audit (action, entity, entity_id, actor, correlation_id)
          values ('a.b', 'pair', ${String(at)}, 'till', 'c') returning id)
        insert into schema_drift (entity, field, kind) select 'pair', id::text, 'x' from told`.execute(shop.db)
    return (await pairs(shop.db)).told
  })()
  await until(async () => (await pairs(shop.db)).told > 3)
  const backup = await takeBackup(shop.settings, shop.backups)
  taken.abort()
  const written = await writing
  const restored = await restore(backup, place.settings)
  assert.equal(restored.exitCode, 0, restored.stderr)
  const { told, noted, isTrue } = await pairs(place.db)
  assert.ok(told > 3 && told < written, `${told} of ${written}: the backup was taken in between`)
  assert.deepEqual([noted, isTrue], [told, true])
})

test('Ctrl-C ends a backup at once and leaves nothing', async () => {
  await using shop = await openBusyShop()
  const interruption = new AbortController()
  const backing = typeCommand(['backup', '--to', shop.backups], {
    vault: shop.settings,
    interrupted: interruption.signal,
  })
  await until(() => halves(shop).some((half) => namesIn(join(shop.backups, half, 'tables')).length > 2))
  interruption.abort(new Interrupted())
  assert.equal((await backing).exitCode, 130)
  assert.deepEqual(namesIn(shop.backups), [])
})

test('a disk that is full while a backup is written is named with its cure, and nothing half stays', async () => {
  await using shop = await openBusyShop()
  const preload = `--import ${join(import.meta.dirname, 'full-backup-disk.ts')}`
  await using consign = startConsign(['backup', '--to', shop.backups], {
    ...shop.settings,
    FULL_DISK: shop.backups,
    NODE_OPTIONS: preload,
  })
  assert.equal(await consign.exited, 2)
  assert.match(consign.printed(), /cannot be written to .*: the disk is full: free some space, or give another folder/)
  assert.deepEqual(namesIn(shop.backups), [])
})

function halves({ backups }: { backups: string }): string[] {
  return existsSync(backups) ? namesIn(backups).filter((name) => name.endsWith('.half')) : []
}

/** Pairs that were written in one statement: in the audit, and beside it. */
async function pairs(db: Db) {
  const { rows } = await sql<{ told: number; noted: number; isTrue: boolean }>`
    select (select count(*) from audit where entity = 'pair') as told, (select count(*) from schema_drift) as noted,
      (select sequence from audit_head) = (select count(*) from audit) as "isTrue"`.execute(db)
  return rows[0] ?? assert.fail('no answer')
}

type Place = { db: Db }

/** How many connections load rows just now. */
async function copying({ db }: Place): Promise<number> {
  const { rows } = await sql<{ many: number }>`
    select count(*) as many from pg_stat_progress_copy where datname = current_database() and tuples_processed > 1000`.execute(
    db,
  )
  return rows[0]?.many ?? 0
}

/** Connections of others to this database. */
async function sessions({ db }: Place): Promise<number> {
  const { rows } = await sql<{ many: number }>`
    select count(*) as many from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
    db,
  )
  return rows[0]?.many ?? 0
}

async function rowsOf(db: Db): Promise<number> {
  const { rows } = await sql<{ many: number }>`
    select (select count(*) from lightspeed_call) + (select count(*) from audit) as many`.execute(db)
  return rows[0]?.many ?? -1
}
