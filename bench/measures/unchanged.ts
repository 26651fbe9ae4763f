import { Client } from 'pg'
import { openDatabase } from '#src/db/database.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { gatherRows, type Rows } from '#src/mirror/copy-rows.ts'
import { mergeRows } from '#src/mirror/merge.store.ts'
import { columnsOf, readRecords } from '#src/mirror/reading.ts'
import { entityNamed } from '#src/mirror/tables.ts'
import { openConsign, type Consign } from '../consign.ts'
import { copyInto, pageOf, readBodies } from '../copying.ts'
import { median, seconds, shelfOf, type Figure, type Size } from '../measure.ts'
import { openPages, type Pages } from '../pages.ts'
import type { BenchServer } from '../postgres.ts'
import { quietly } from '../quiet.ts'

const inventory = entityNamed('inventory')
const megabyte = 1024 * 1024

type Cost = { ms: number; wal: number }
type Round = { again: Cost; merge: Cost; peer: Cost }

/** Reading again what has not changed; the peer is the usual upsert without a look beforehand, which locks each row. */
export async function measureUnchanged(server: BenchServer, size: Size): Promise<Figure[]> {
  await using pages = await openPages(shelfOf('inventory', size.inventoryRows))
  const batches = (await readBodies(pages, 10_000)).map((body) => readRecords(inventory, pageOf(body).data).rows)
  await using database = await server.freshDatabase()
  await using consign = await openConsign({ databaseUrl: database.url, origin: pages.url })
  const first = await consign.sync({ entities: ['inventory'], full: false })
  await settle(database.url)
  const readAgain = () => consign.sync({ entities: ['inventory'], full: true })
  await readAgain()
  const { rounds } = await quietly(server, size.rounds, async (): Promise<Round> => ({
    again: await costOf(database.url, readAgain),
    merge: await costOf(database.url, () => mergeAll(database.url, batches)),
    peer: await costOf(database.url, () => upsertAll(database.url, gatherRows(batches))),
  }))
  return [...figuresOf(size, first.ms, rounds), await pollCost(consign, pages, size)]
}

function figuresOf({ inventoryRows }: Size, firstMs: number, rounds: Round[]): Figure[] {
  const of = (number: (round: Round) => number) => median(rounds.map(number))
  const [again, merge, peer] = [
    of((round) => round.again.ms),
    of((round) => round.merge.ms),
    of((round) => round.peer.ms),
  ]
  return [
    {
      what: `reading ${inventoryRows.toLocaleString('en')} unchanged rows again, against their first reading`,
      ratio: again / firstMs,
      limit: 'under 1.0',
      detail: `${seconds(again)} against ${seconds(firstMs)}`,
    },
    {
      what: '… their merge alone, against the usual upsert without a look beforehand',
      ratio: merge / peer,
      limit: 'aim 1.0',
      detail: `${seconds(merge)} against ${seconds(peer)}`,
    },
    {
      what: '… WAL of that merge, against that upsert',
      ratio: of((round) => round.merge.wal / round.peer.wal),
      limit: 'aim 0',
      detail: `${mb(of((round) => round.merge.wal))} (whole sync, with cursor and progress: ${mb(of((round) => round.again.wal))}) against ${mb(of((round) => round.peer.wal))}`,
    },
  ]
}

function mb(bytes: number): string {
  return `${(bytes / megabyte).toFixed(2)} MB`
}

async function pollCost(consign: Consign, pages: Pages, { rounds }: Size): Promise<Figure> {
  const poll = () => consign.sync({ entities: ['all'], full: false })
  await poll()
  const before = await pages.requests()
  const polls: number[] = []
  for (let round = 0; round < rounds; round += 1) polls.push((await poll()).ms)
  const requests = ((await pages.requests()) - before) / rounds
  const ms = median(polls)
  return {
    what: 'a look at all 21 entities when nothing has changed',
    ratio: ms / 5000,
    limit: 'of 5 s',
    detail: `${Math.round(ms)} ms, ${requests} requests`,
  }
}

async function mergeAll(url: string, batches: readonly Rows[]) {
  await using database = openDatabase(url, { poolSize: 1 })
  for (const rows of batches)
    await inTransaction(database, ({ client }) => mergeRows(client, inventory, rows, { cause: 'sync' }))
}

/** In one transaction, with one temporary table: as few round trips as can be. */
async function upsertAll(url: string, { lines }: Rows) {
  const client = new Client(url)
  await client.connect()
  const columns = columnsOf(inventory)
  const changes = columns.map((column) => `${column} = excluded.${column}`).join(', ')
  try {
    await client.query("set work_mem = '64MB'")
    await client.query('create temp table staged (like mirror.inventory including defaults)')
    await copyInto(client, 'staged', { table: 'inventory', columns, chunks: lines })
    await client.query(
      `insert into mirror.inventory as t (${columns.join(', ')}) select ${columns.join(', ')} from staged
       on conflict (id) do update set ${changes}, synced_at = now() where excluded.version > t.version`,
    )
  } finally {
    await client.end()
  }
}

/** The first to look at new rows writes down that they are there to stay; that is not what is measured here. */
async function settle(url: string) {
  const client = new Client(url)
  await client.connect()
  await client.query('vacuum analyze mirror.inventory')
  await client.query('checkpoint')
  await client.end()
}

/** Milliseconds, and bytes in the log of the database. */
async function costOf(url: string, work: () => Promise<unknown>): Promise<Cost> {
  const [walBefore, started] = [await walOf(url), performance.now()]
  await work()
  const ms = performance.now() - started
  return { ms, wal: (await walOf(url)) - walBefore }
}

async function walOf(url: string): Promise<number> {
  const client = new Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ bytes: string }>(
      "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bytes",
    )
    return Number(rows[0]?.bytes)
  } finally {
    await client.end()
  }
}
