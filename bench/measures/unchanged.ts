import { Client } from 'pg'
import { entityNamed } from '#src/mirror/tables.ts'
import { openConsign } from '../consign.ts'
import { copyInto, copyTextOf, readBodies } from '../copying.ts'
import { median, seconds, shelfOf, type Figure, type Size } from '../measure.ts'
import { openPages } from '../pages.ts'
import type { BenchServer } from '../postgres.ts'

const megabyte = 1024 * 1024

/** Reading again what has not changed; the peer is the same merge without its look beforehand, which locks each row. */
export async function measureUnchanged(server: BenchServer, size: Size): Promise<Figure[]> {
  await using pages = await openPages(shelfOf('inventory', size.inventoryRows))
  const texts = copyTextOf(entityNamed('inventory'), await readBodies(pages))
  await using database = await server.freshDatabase()
  await using consign = await openConsign({ databaseUrl: database.url, origin: pages.url })
  const first = await consign.sync({ entities: ['inventory'], full: false })
  await consign.sync({ entities: ['inventory'], full: true })
  const rounds: { ms: number; wal: number; peerWal: number }[] = []
  for (let round = 0; round < size.rounds; round += 1) {
    const [again, wal] = await withWal(database.url, () => consign.sync({ entities: ['inventory'], full: true }))
    const [, peerWal] = await withWal(database.url, () => mergeWithoutLook(database.url, texts))
    rounds.push({ ms: again.ms, wal, peerWal })
  }
  const poll = await pollCost(consign, size)
  const [wal, peerWal] = [median(rounds.map((round) => round.wal)), median(rounds.map((round) => round.peerWal))]
  return [
    {
      what: `reading ${size.inventoryRows.toLocaleString('en')} unchanged rows again, against their first reading`,
      ratio: median(rounds.map((round) => round.ms)) / first.ms,
      limit: 'under 1.0',
      detail: `${seconds(median(rounds.map((round) => round.ms)))} against ${seconds(first.ms)}`,
    },
    {
      what: '… WAL it writes, against the same merge without a look beforehand',
      ratio: wal / peerWal,
      limit: 'aim 0',
      detail: `${(wal / megabyte).toFixed(2)} MB against ${(peerWal / megabyte).toFixed(1)} MB`,
    },
    poll,
  ]
}

async function pollCost(consign: Awaited<ReturnType<typeof openConsign>>, { rounds }: Size): Promise<Figure> {
  await consign.sync({ entities: ['all'], full: false })
  const polls: number[] = []
  for (let round = 0; round < rounds; round += 1)
    polls.push((await consign.sync({ entities: ['all'], full: false })).ms)
  const ms = median(polls)
  return {
    what: 'a look at all 21 entities when nothing has changed',
    ratio: ms / 5000,
    limit: 'of 5 s',
    detail: `${Math.round(ms)} ms, one request a collection`,
  }
}

async function mergeWithoutLook(url: string, texts: ReturnType<typeof copyTextOf>) {
  const client = new Client(url)
  await client.connect()
  try {
    await client.query('create temp table naive (like mirror.inventory including defaults)')
    for (const text of texts) await copyInto(client, 'pg_temp.naive', text)
    const { rows } = await client.query<{ name: string }>(
      "select string_agg(quote_ident(column_name) || ' = excluded.' || quote_ident(column_name), ', ') as name from information_schema.columns where table_schema = 'mirror' and table_name = 'inventory' and column_name <> 'id'",
    )
    await client.query(
      `insert into mirror.inventory as t select * from naive on conflict (id) do update set ${rows[0]?.name} where excluded.version > t.version`,
    )
  } finally {
    await client.end()
  }
}

/** What some work writes into the log of the database, in bytes. */
async function withWal<T>(url: string, work: () => Promise<T>): Promise<[T, number]> {
  const before = await walOf(url)
  const result = await work()
  return [result, (await walOf(url)) - before]
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
