import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { openWorld } from '#test/world.ts'
import type { Database } from '../db/database.ts'
import { readRecords } from './reading.ts'
import { insertRun } from './runs.store.ts'
import { readState } from './state.store.ts'
import { storeBatch, type Storing } from './storing.ts'
import { entityNamed } from './tables.ts'

const products = entityNamed('products')

test('a first reading that meets a product which came in by another way keeps whichever is newer, with its barcodes', async () => {
  await using world = await openWorld()
  const storing = await firstReading(world.database)
  await storeBatch(storing, batchOf([tea('green', 5, 'g5'), tea('black', 5, 'b5')]))
  const page = batchOf([tea('green', 9, 'g9'), tea('black', 3, 'b3'), tea('white', 4, 'w4')])
  const merged = await storeBatch(storing, page, Promise.resolve(true))
  assert.deepEqual(merged, { inserted: 1, updated: 1, unchanged: 1 })
  assert.deepEqual(await stock(world.database), ['black 5 b5', 'green 9 g9', 'white 4 w4'])
})

test('a product that stands twice in a page of the first reading is stored once, in its newest version', async () => {
  await using world = await openWorld()
  const storing = await firstReading(world.database)
  const page = batchOf([tea('green', 2, 'g2'), tea('green', 7, 'g7'), tea('white', 4, 'w4')])
  assert.deepEqual(await storeBatch(storing, page, Promise.resolve(true)), { inserted: 2, updated: 0, unchanged: 1 })
  assert.deepEqual(await stock(world.database), ['green 7 g7', 'white 4 w4'])
})

test('products that nobody has seen go in with their barcodes at once', async () => {
  await using world = await openWorld()
  const storing = await firstReading(world.database)
  const page = batchOf([tea('green', 2, 'g2'), tea('white', 4, 'w4')])
  assert.deepEqual(await storeBatch(storing, page, Promise.resolve(true)), { inserted: 2, updated: 0, unchanged: 0 })
  assert.deepEqual(await stock(world.database), ['green 2 g2', 'white 4 w4'])
})

test('a page is stored after the one before it, and not at all when that one could not be stored', async () => {
  await using world = await openWorld()
  const storing = await firstReading(world.database)
  const first = Promise.withResolvers<boolean>()
  const second = storeBatch(storing, batchOf([tea('white', 4, 'w4')]), first.promise)
  await new Promise((soon) => setTimeout(soon, 100))
  assert.deepEqual(await stock(world.database), [])
  first.reject(new Error('The disk is full'))
  await assert.rejects(second, /batch before/)
  assert.deepEqual(await stock(world.database), [])
  assert.equal((await readState(world.db, products)).cursor, 0)
})

test('a page with a value that the database refuses does not overtake the one before it either', async () => {
  await using world = await openWorld()
  const storing = await firstReading(world.database)
  const first = Promise.withResolvers<boolean>()
  const second = storeBatch(
    storing,
    batchOf([tea('black', 3, 'b3'), { ...tea('white', 4, 'w4'), huge }]),
    first.promise,
  )
  await new Promise((soon) => setTimeout(soon, 100))
  assert.deepEqual(await stock(world.database), [])
  first.resolve(false)
  assert.deepEqual(await second, { inserted: 1, updated: 0, unchanged: 0 })
  assert.deepEqual(await stock(world.database), ['black 3 b3'])
})

test('a product that the database refuses, for a value or for its length, is put aside as it came; its page is stored', async () => {
  await using world = await openWorld()
  const storing = await firstReading(world.database)
  const longSku = { ...tea('long', 4, 'l4'), sku: Array.from({ length: 9000 }, (_, index) => index).join() }
  const page = batchOf([tea('black', 3, 'b3'), longSku, { ...tea('white', 5, 'w5'), huge }, tea('green', 6, 'g6')])
  const merged = await storeBatch(storing, page, Promise.resolve(true))
  assert.deepEqual(merged, { inserted: 2, updated: 0, unchanged: 0 })
  assert.deepEqual(await stock(world.database), ['black 3 b3', 'green 6 g6'])
  const aside = await world.db.selectFrom('mirror.rejected').select(['record_id', 'payload']).orderBy('id').execute()
  assert.deepEqual(
    aside.map(({ record_id }) => record_id),
    ['long', 'white'],
  )
  assert.equal(aside[0]?.payload, JSON.stringify(longSku))
  assert.match(aside[1]?.payload ?? '', /"huge":10{140000}}$/)
  assert.equal((await readState(world.db, products)).cursor, 6)
})

test('many pages at once that wait for the ones before them leave those a connection', async () => {
  await using world = await openWorld()
  const storing = await firstReading(world.database)
  const first = Promise.withResolvers<boolean>()
  const others = Array.from({ length: 12 }, (_, index) =>
    storeBatch(storing, batchOf([tea(`tea-${index + 10}`, index + 1, 'w')]), first.promise),
  )
  await storeBatch(storing, batchOf([tea('green', 1, 'g1')]))
  first.resolve(true)
  await Promise.all(others)
  assert.equal((await stock(world.database)).length, 13)
})

/** More digits than PostgreSQL can count with. */
const huge = JSON.rawJSON(`1${'0'.repeat(140_000)}`)

async function firstReading(database: Database): Promise<Storing> {
  const runId = randomUUID()
  const run = {
    id: runId,
    requestedBy: 'a test',
    correlationId: 'a test',
    full: false,
    since: undefined,
    limit: undefined,
  }
  await insertRun(database.db, { ...run, entities: [products.name] })
  return { database, entity: products, runId, cause: 'backfill', movesCursor: true }
}

function batchOf(records: { version: number; huge?: object }[]) {
  const { rows, refused } = readRecords(products, records)
  assert.deepEqual(refused, [])
  const cursor = Math.max(...records.map(({ version }) => version))
  return { rows, refused, drift: [], pages: 1, fetched: records.length, cursor }
}

function tea(name: string, version: number, code: string) {
  return { id: name, name, version, product_codes: [{ code }] }
}

async function stock({ db }: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('mirror.product as p')
    .innerJoin('mirror.product_code as c', 'c.product_id', 'p.id')
    .select(['p.id', 'p.version', 'c.code', 'c.version as codeVersion'])
    .orderBy('p.id')
    .execute()
  for (const { version, codeVersion } of rows) assert.equal(codeVersion, version)
  return rows.map(({ id, version, code }) => `${id} ${version} ${code}`)
}
