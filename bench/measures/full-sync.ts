import { endpoints } from '#src/lightspeed/endpoints.ts'
import { entityNamed } from '#src/mirror/tables.ts'
import { openConsign, type Outcome } from '../consign.ts'
import { copyRaw, copyTextOf, readBodies, type Cost } from '../copying.ts'
import { median, perSecond, seconds, shelfOf, type Figure, type Size } from '../measure.ts'
import { openPages, type Pages } from '../pages.ts'
import { copyPlainly } from '../plain-copy.ts'
import { inFreshDatabase, type BenchServer } from '../postgres.ts'
import { cpuSecondsBelow } from '../process-stat.ts'
import { quietly, type Rounds } from '../quiet.ts'

type Collection = 'inventory' | 'sales'
type Synced = { outcome: Outcome; postgresCpu: number; pagesCpu: number }
type Round = { copy: Cost; plainMs: number; sync: Synced }

/** A whole collection over HTTP, against a raw COPY of the same rows into the same tables with the same indexes. */
export async function measureFullSync(server: BenchServer, collection: Collection, size: Size): Promise<Figure[]> {
  const rows = collection === 'inventory' ? size.inventoryRows : size.salesRows
  const entity = entityNamed(collection)
  await using pages = await openPages(shelfOf(collection, rows))
  const bodies = await readBodies(pages)
  const texts = copyTextOf(entity, bodies)
  const measured = await quietly(server, size.rounds, async () => ({
    copy: await inFreshDatabase(server, (url) => copyRaw(server, url, texts)),
    sync: await syncOnce(server, pages),
    plainMs: await inFreshDatabase(server, (url) => copyPlainly(url, entity, bodies)),
  }))
  return figuresOf(pages, measured)
}

/** The same collection with larger pages than the mirror asks for, should Lightspeed ever give them. */
export async function measurePageSizes(server: BenchServer, size: Size): Promise<Figure[]> {
  const of = { inventory: size.inventoryRows / 2, sales: size.salesRows / 5 }
  const inventory = await pageSizesOf(server, 'inventory', of.inventory, [1000, 5000, 10_000])
  return [...inventory, ...(await pageSizesOf(server, 'sales', of.sales, [500, 1000, 5000]))]
}

async function pageSizesOf(server: BenchServer, collection: Collection, rows: number, sizes: number[]) {
  await using pages = await openPages(shelfOf(collection, rows))
  const measured = await quietly(server, 3, async () => {
    const times: number[] = []
    for (const pageSize of sizes) times.push((await syncOnce(server, pages, pageSize)).outcome.ms)
    return times
  })
  const usual = endpoints[collection].pageSize
  return sizes.slice(1).map((pageSize, index): Figure => {
    const [first, other] = [0, index + 1].map((place) => median(measured.rounds.map((times) => times[place] ?? 0)))
    return {
      what: `${collection} in pages of ${pageSize.toLocaleString('en')}, against ${usual.toLocaleString('en')}`,
      ratio: (other ?? 0) / (first ?? 1),
      limit: '',
      detail: `${seconds(other ?? 0)} against ${seconds(first ?? 0)} for ${rows.toLocaleString('en')} records`,
    }
  })
}

async function syncOnce(server: BenchServer, { url, pid, collection }: Pages, pageSize?: number): Promise<Synced> {
  return inFreshDatabase(server, async (databaseUrl) => {
    await using consign = await openConsign({ databaseUrl, origin: url })
    const [postgresBefore, pagesBefore] = [server.cpuSeconds(), cpuSecondsBelow(pid)]
    const outcome = await consign.sync({ entities: [collection], full: false, pageSize })
    return { outcome, postgresCpu: server.cpuSeconds() - postgresBefore, pagesCpu: cpuSecondsBelow(pid) - pagesBefore }
  })
}

function figuresOf({ collection, rows }: Pages, { rounds, foreign }: Rounds<Round>): Figure[] {
  const of = (number: (round: Round) => number) => median(rounds.map(number))
  const cpu = (number: (round: Round) => number) => `${of(number).toFixed(1)} s`
  const [syncMs, copyMs, plainMs] = [
    of(({ sync }) => sync.outcome.ms),
    of(({ copy }) => copy.ms),
    of((round) => round.plainMs),
  ]
  const spread = rounds.map(({ copy, sync }) => (copy.ms / sync.outcome.ms).toFixed(2)).join(', ')
  const peaks = rounds.map(({ sync }) => Math.round(sync.outcome.peakRssMb))
  return [
    {
      what: `full sync of ${rows.toLocaleString('en')} ${collection} against a raw COPY`,
      ratio: of(({ copy, sync }) => copy.ms / sync.outcome.ms),
      limit: 'floor 0.5, aim 0.8',
      detail: `${seconds(syncMs)} (${perSecond(rows, syncMs)}) against ${seconds(copyMs)}; rounds ${spread}; ${foreign}`,
    },
    {
      what: '… against a COPY that parses and writes the pages, and checks nothing',
      ratio: of((round) => round.plainMs / round.sync.outcome.ms),
      limit: '',
      detail: `${seconds(syncMs)} against ${seconds(plainMs)}`,
    },
    {
      what: '… in CPU of PostgreSQL alone, which other load sways less',
      ratio: of(({ copy, sync }) => copy.cpuSeconds / sync.postgresCpu),
      limit: '',
      detail: `${cpu(({ sync }) => sync.postgresCpu)} against ${cpu(({ copy }) => copy.cpuSeconds)}; beside it the reader ${cpu(({ sync }) => sync.outcome.cpuSeconds)}, the page server ${cpu(({ sync }) => sync.pagesCpu)}`,
    },
    {
      what: '… peak memory of the syncing process',
      ratio: Math.max(...peaks) / 400,
      limit: 'under 1.0 (400 MB)',
      detail: `${peaks.join(', ')} MB`,
    },
  ]
}
