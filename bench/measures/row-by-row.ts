import { Client } from 'pg'
import { entityNamed } from '#src/mirror/tables.ts'
import { openConsign } from '../consign.ts'
import { pageOf, readBodies } from '../copying.ts'
import { perSecond, shelfOf, type Figure, type Size } from '../measure.ts'
import { openPages } from '../pages.ts'
import type { BenchServer } from '../postgres.ts'

const sample = 2000

/** The way of most sync programs: one upsert a record. The mirror's merge against it, in rows a second. */
export async function measureRowByRow(server: BenchServer, size: Size): Promise<Figure[]> {
  await using pages = await openPages(shelfOf('inventory', size.inventoryRows))
  const records = (await readBodies(pages)).flatMap((body) => pageOf(body).data).slice(0, sample)
  await using database = await server.freshDatabase()
  const singleMs = await upsertSingly(database.url, records)
  await using fresh = await server.freshDatabase()
  await using consign = await openConsign({ databaseUrl: fresh.url, origin: pages.url })
  const sync = await consign.sync({ entities: ['inventory'], full: false })
  return [
    {
      what: 'rows a second against one upsert a row',
      ratio: sync.fetched / sync.ms / (records.length / singleMs),
      limit: 'aim 15',
      detail: `${perSecond(sync.fetched, sync.ms)} against ${perSecond(records.length, singleMs)}`,
    },
  ]
}

async function upsertSingly(url: string, records: readonly unknown[]): Promise<number> {
  const { record } = entityNamed('inventory')
  const columns = Object.keys(record.shape)
  const places = [...columns.map((_, index) => `$${index + 1}`), `$${columns.length + 1}`].join(', ')
  const changes = columns.map((column) => `${column} = excluded.${column}`).join(', ')
  const text = `insert into mirror.inventory as t (${columns.join(', ')}, raw) values (${places})
    on conflict (id) do update set ${changes}, raw = excluded.raw where excluded.version > t.version`
  const client = new Client(url)
  await client.connect()
  const started = performance.now()
  for (const one of records) {
    const read = record.parse(one)
    await client.query({ name: 'one', text, values: [...columns.map((column) => read[column]), JSON.stringify(one)] })
  }
  const ms = performance.now() - started
  await client.end()
  return ms
}
