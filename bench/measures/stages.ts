import { Client } from 'pg'
import { z } from 'zod'
import { openDatabase } from '#src/db/database.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { parseExact } from '#src/lightspeed/exact-json.ts'
import { endpoints } from '#src/lightspeed/endpoints.ts'
import { gatherRows, type Rows } from '#src/mirror/copy-rows.ts'
import type { Entity } from '#src/mirror/entity.ts'
import { mergeRows } from '#src/mirror/merge.store.ts'
import { readRecords } from '#src/mirror/reading.ts'
import { entityNamed } from '#src/mirror/tables.ts'
import { copyInto, copyRaw, copyTextOf, pageOf, readBodies, type CopyText } from '../copying.ts'
import { shelfOf, type Figure, type Size } from '../measure.ts'
import { openPages, type Pages } from '../pages.ts'
import { inFreshDatabase, type BenchServer } from '../postgres.ts'

type Collection = 'inventory' | 'sales'
type Stage = { what: string; cpuSeconds: number }

/** Where the time goes: each step alone, in CPU time, as a share of what a raw COPY of the same rows costs PostgreSQL. */
export async function measureStages(server: BenchServer, size: Size): Promise<Figure[]> {
  const inventory = await stagesOf(server, 'inventory', size.inventoryRows / 4)
  return [...inventory, ...(await stagesOf(server, 'sales', size.salesRows / 5))]
}

async function stagesOf(server: BenchServer, collection: Collection, rows: number): Promise<Figure[]> {
  const entity = entityNamed(collection)
  await using pages = await openPages(shelfOf(collection, rows))
  const bodies = await readBodies(pages, endpoints[entity.endpoint].pageSize)
  const texts = copyTextOf(entity, bodies)
  const raw = await inFreshDatabase(server, (url) => copyRaw(server, url, texts))
  const bare = await inFreshDatabase(server, async (url) => {
    await dropIndexes(url, texts)
    return copyRaw(server, url, texts)
  })
  const stages = [
    ...(await readerStages(entity, pages, bodies)),
    ...(await storeStages(server, entity, bodies, texts)),
    { what: 'a raw COPY of them', cpuSeconds: raw.cpuSeconds },
    { what: '… of which indexes and primary keys', cpuSeconds: raw.cpuSeconds - bare.cpuSeconds },
  ]
  return stages.map(({ what, cpuSeconds }) => ({
    what: `${collection}: ${what}`,
    ratio: cpuSeconds / raw.cpuSeconds,
    limit: '',
    detail: `${((cpuSeconds * 1e6) / rows).toFixed(1)} µs a record`,
  }))
}

async function readerStages(entity: Entity, pages: Pages, bodies: Buffer[]): Promise<Stage[]> {
  const network = await cpuOf(() => readBodies(pages, endpoints[entity.endpoint].pageSize))
  const parsing = await cpuOf(() => bodies.map((body) => parseExact(body)).length)
  const records = bodies.map((body) => pageOf(body).data)
  const checking = await cpuOf(() => records.map((page) => checkAll(entity, page)).length)
  const reading = await cpuOf(() => records.map((page) => readRecords(entity, page).rows.count).length)
  return [
    { what: 'fetching the pages', cpuSeconds: Math.max(0, network - parsing) },
    { what: 'parsing their JSON', cpuSeconds: parsing },
    { what: 'checking by the schemas', cpuSeconds: checking },
    { what: 'writing COPY text, with raw', cpuSeconds: Math.max(0, reading - checking) },
  ]
}

async function storeStages(server: BenchServer, entity: Entity, bodies: Buffer[], texts: CopyText[]): Promise<Stage[]> {
  const batches = bodies.map((body) => readRecords(entity, pageOf(body).data).rows)
  const staging = await inFreshDatabase(server, (url) => stage(server, url, texts))
  const whole = await inFreshDatabase(server, (url) => mergeAll(server, { url, entity, batches }))
  return [
    { what: 'staging in a temporary table', cpuSeconds: staging },
    { what: 'merging what is staged, lists included', cpuSeconds: whole - staging },
  ]
}

/** CPU time of this process for some work, when it has been done once before. */
async function cpuOf(work: () => unknown): Promise<number> {
  await work()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

function checkAll(entity: Entity, records: readonly unknown[]): number {
  const { record, children } = compiledOf(entity)
  let found = 0
  for (const one of records) {
    found += Number(record.safeParse(one).success)
    for (const { from, schema } of children) {
      const list: unknown = typeof one === 'object' && one !== null ? Reflect.get(one, from) : undefined
      for (const item of Array.isArray(list) ? list : []) found += Number(schema.safeParse(item).success)
    }
  }
  return found
}

const compiled = new Map<Entity, ReturnType<typeof compile>>()

function compiledOf(entity: Entity) {
  const made = compiled.get(entity) ?? compile(entity)
  compiled.set(entity, made)
  return made
}

function compile({ record, children }: Entity) {
  return {
    record: z.compile(record),
    children: children.map((child) => ({ from: child.from, schema: z.compile(child.record) })),
  }
}

/** Only the records themselves are staged in a first reading; their lists go straight into their tables. */
async function stage(server: BenchServer, url: string, [own]: CopyText[]): Promise<number> {
  const client = new Client(url)
  await client.connect()
  try {
    if (!own) return 0
    await client.query(`create temp table staged (like mirror."${own.table}")`)
    await client.query('alter table staged drop column synced_at')
    const before = server.cpuSeconds()
    await copyInto(client, 'staged', own)
    return server.cpuSeconds() - before
  } finally {
    await client.end()
  }
}

const recordsABatch = 10_000

async function mergeAll(
  server: BenchServer,
  { url, entity, batches }: { url: string; entity: Entity; batches: Rows[] },
): Promise<number> {
  await using database = openDatabase(url)
  const before = server.cpuSeconds()
  const seemsNew = Promise.resolve(true)
  for (const rows of joined(batches))
    await inTransaction(database, ({ client }) =>
      mergeRows(client, entity, rows, { cause: 'backfill', turn: seemsNew }),
    )
  return server.cpuSeconds() - before
}

function joined(pages: readonly Rows[]): Rows[] {
  const each = Math.max(1, Math.floor(recordsABatch / (pages[0]?.count ?? 1)))
  return Array.from({ length: Math.ceil(pages.length / each) }, (_, batch) =>
    gatherRows(pages.slice(batch * each, (batch + 1) * each)),
  )
}

async function dropIndexes(url: string, texts: readonly CopyText[]) {
  const client = new Client(url)
  await client.connect()
  try {
    for (const { table } of texts) {
      await client.query(`alter table mirror."${table}" drop constraint "${table}_pkey"`)
      const { rows } = await client.query<{ name: string }>(
        "select indexname as name from pg_indexes where schemaname = 'mirror' and tablename = $1",
        [table],
      )
      for (const { name } of rows) await client.query(`drop index mirror."${name}"`)
    }
  } finally {
    await client.end()
  }
}
