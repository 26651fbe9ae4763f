import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { listMigrations, migrate } from '#src/db/migrate.ts'
import { installQueue } from '#src/jobs/boss.ts'
import { contentsOf, openEmptyPlace, openSmallShop, restore, takeBackup } from '#test/backups.ts'

test('a backup of an older Consign is restored as it was, and then brought up to date', async () => {
  await using old = await openEmptyPlace()
  await using place = await openEmptyPlace()
  const known = await listMigrations()
  await migrate(old.db, known.at(-3))
  await installQueue(old.database)
  await sql`insert into mirror.brand (id, name, version, raw) values ('b', 'Brand', 1, '{}')`.execute(old.db)
  const backup = await takeBackup(old.settings, join(old.folder, 'kept'))
  const { rows: still } = await sql`select name from kysely_migration`.execute(old.db)
  assert.equal(still.length, known.length - 2, 'a backup migrates nothing')
  const restored = await restore(backup, place.settings, '--json')
  assert.equal(restored.exitCode, 0, restored.stderr)
  assert.deepEqual(JSON.parse(restored.stdout).migrated, known.slice(-2))
  const { rows } = await sql`select name from mirror.brand`.execute(place.db)
  assert.deepEqual(rows, [{ name: 'Brand' }])
})

test('an account that owns its database and nothing else can restore and back up, as at a managed PostgreSQL', async () => {
  await using shop = await openSmallShop()
  await using place = await openEmptyPlace()
  await sql`insert into mirror.inventory (id, product_id, outlet_id, inventory_level, version, raw)
    values ('i', 'p', 'o', 3, 1, '{}')`.execute(shop.db)
  await sql`insert into audit (action, entity, entity_id, actor, correlation_id)
    values ('a.b', 'c', 'd', 'e', 'f')`.execute(shop.db)
  await using owner = await handOver(place)
  const moved = await restore(await takeBackup(shop.settings, shop.backups), owner.settings)
  assert.equal(moved.exitCode, 0, moved.stderr)
  const wanted = await contentsOf(shop.db)
  assert.match(wanted['mirror.product_qty_history'] ?? '', /^1 rows/, 'loading a level is no change of stock')
  assert.deepEqual(await contentsOf(place.db), wanted)
  await sql`update mirror.inventory set inventory_level = 4`.execute(place.db)
  assert.match((await contentsOf(place.db))['mirror.product_qty_history'] ?? '', /^2 rows/, 'a change is one again')
  await assert.rejects(sql`delete from audit`.execute(place.db), /append only/)
  assert.equal((await restore(await takeBackup(owner.settings, shop.backups), shop.settings)).exitCode, 3)
})

/** Gives a database to an account of its own without any right elsewhere; taken back at the end. */
async function handOver(place: Awaited<ReturnType<typeof openEmptyPlace>>) {
  const url = new URL(place.databaseUrl)
  const database = sql.id(url.pathname.slice(1))
  const name = `owner_of_${url.pathname.slice(1)}`
  await sql`create role ${sql.id(name)} login password 'secret'`.execute(place.db)
  await sql`alter database ${database} owner to ${sql.id(name)}`.execute(place.db)
  url.username = name
  url.password = 'secret'
  const takeBack = async () => {
    await sql`reassign owned by ${sql.id(name)} to current_user`.execute(place.db)
    await sql`drop role ${sql.id(name)}`.execute(place.db)
  }
  return { settings: { ...place.settings, DATABASE_URL: url.href }, [Symbol.asyncDispose]: takeBack }
}
