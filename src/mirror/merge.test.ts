import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openWorld } from '#test/world.ts'
import type { Database } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { mergeRows, type Cause } from './merge.store.ts'
import { readRecords } from './reading.ts'
import { entityNamed } from './tables.ts'

test('the newest version of a product wins, whatever the order of arrival', async () => {
  await using world = await openWorld()
  assert.deepEqual(await arrive(world.database, 'products', [tea(7)]), { inserted: 1, updated: 0, unchanged: 0 })
  assert.deepEqual(await arrive(world.database, 'products', [tea(5)]), { inserted: 0, updated: 0, unchanged: 1 })
  assert.deepEqual(await arrive(world.database, 'products', [tea(7)]), { inserted: 0, updated: 0, unchanged: 1 })
  assert.deepEqual(await arrive(world.database, 'products', [tea(9)]), { inserted: 0, updated: 1, unchanged: 0 })
  assert.deepEqual(await names(world.database), ['Tea 9'])
})

test('the same product twice in one page is stored once, in its newest version', async () => {
  await using world = await openWorld()
  await arrive(world.database, 'products', [
    tea(3, { product_codes: [{ code: '3' }] }),
    tea(8, { product_codes: [{ code: '8' }] }),
    tea(4),
  ])
  assert.deepEqual(await names(world.database), ['Tea 8'])
  assert.deepEqual(await codes(world.database), ['8'])
})

test('a deleted product stays deleted when an older version comes late, and returns with a newer one', async () => {
  await using world = await openWorld()
  const isDeleted = async () => {
    const row = await world.db.selectFrom('mirror.product').select('deleted_at').executeTakeFirstOrThrow()
    return row.deleted_at !== null
  }
  await arrive(world.database, 'products', [tea(7, { deleted_at: '2026-11-01T00:00:00+00:00' })])
  await arrive(world.database, 'products', [tea(6)])
  assert.equal(await isDeleted(), true)
  await arrive(world.database, 'products', [tea(8)])
  assert.equal(await isDeleted(), false)
})

test('a barcode taken off a product goes, and an old version does not bring it back', async () => {
  await using world = await openWorld()
  await arrive(world.database, 'products', [tea(1, { product_codes: [{ code: 'a' }, { code: 'b' }] })])
  await arrive(world.database, 'products', [tea(2, { product_codes: [{ code: 'b' }] })])
  await arrive(world.database, 'products', [tea(1, { product_codes: [{ code: 'a' }, { code: 'b' }] })])
  assert.deepEqual(await codes(world.database), ['b'])
})

test('each change of a level is remembered; the first sight in a first backfill is none', async () => {
  await using world = await openWorld()
  await arrive(world.database, 'inventory', [level(1, 5)], 'backfill')
  await arrive(world.database, 'inventory', [level(2, 3.25)])
  await arrive(world.database, 'inventory', [level(3, '3.25')])
  await arrive(world.database, 'inventory', [{ ...level(4, -1), id: 'second', outlet_id: 'o2' }], 'webhook')
  const history = await world.db
    .selectFrom('mirror.product_qty_history')
    .select(['outlet_id', 'level_before', 'level_after', 'cause', 'version'])
    .orderBy('id')
    .execute()
  assert.deepEqual(history, [
    { outlet_id: 'o1', level_before: '5', level_after: '3.25', cause: 'sync', version: 2 },
    { outlet_id: 'o2', level_before: null, level_after: '-1', cause: 'webhook', version: 4 },
  ])
})

test('looking again at what has not changed writes no row, and does not even lock one', async () => {
  await using world = await openWorld()
  const many = Array.from({ length: 500 }, (_, index) => tea(index + 1, { id: `p${index}` }))
  await arrive(world.database, 'products', many)
  const before = await rowVersions(world.database)
  await arrive(world.database, 'products', many)
  assert.deepEqual(await rowVersions(world.database), before)
})

test('values that PostgreSQL cannot hold are told from text that merely looks like them', async () => {
  await using world = await openWorld()
  const strange = 'tab\there, back\\slash, \\N, new\nline, \\u0000, half \ud83d a face, nul \0 end'
  await arrive(world.database, 'products', [tea(1, { name: strange })])
  assert.deepEqual(await names(world.database), [
    'tab\there, back\\slash, \\N, new\nline, \\u0000, half \ufffd a face, nul \ufffd end',
  ])
})

function tea(version: number, more: object = {}) {
  return { id: 'tea', name: `Tea ${version}`, handle: 'tea', sku: 'T1', version, ...more }
}

function level(version: number, inventory_level: number | string) {
  return { id: 'first', product_id: 'tea', outlet_id: 'o1', inventory_level, version }
}

function arrive(database: Database, name: string, records: object[], cause: Cause = 'sync') {
  const entity = entityNamed(name)
  const { rows, refused } = readRecords(entity, records)
  assert.deepEqual(refused, [])
  return inTransaction(database, ({ client }) => mergeRows(client, entity, rows, { cause }))
}

async function names({ db }: Database) {
  return (await db.selectFrom('mirror.product').select('name').execute()).map(({ name }) => name)
}

async function codes({ db }: Database) {
  return (await db.selectFrom('mirror.product_code').select('code').orderBy('position').execute()).map(
    ({ code }) => code,
  )
}

/** Where each row lies, and who wrote or locked it last: a row that is only locked shows it in xmax. */
async function rowVersions({ db }: Database): Promise<unknown[]> {
  const { rows } = await sql`
    select id, ctid::text, xmin::text, xmax::text from mirror.product order by id`.execute(db)
  return rows
}
