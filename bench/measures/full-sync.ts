import { entityNamed } from '#src/mirror/tables.ts'
import { openConsign, type Outcome } from '../consign.ts'
import { copyRaw, copyTextOf, readBodies } from '../copying.ts'
import { median, perSecond, seconds, shelfOf, type Figure, type Size } from '../measure.ts'
import { openPages } from '../pages.ts'
import type { BenchServer } from '../postgres.ts'
import { cpuSecondsBelow } from '../process-stat.ts'

type Collection = 'inventory' | 'sales'
type Round = { copyMs: number; sync: Outcome; postgresCpu: number; pagesCpu: number }

/** A whole collection over HTTP, against a raw COPY of the same rows into the same tables with the same indexes. */
export async function measureFullSync(server: BenchServer, collection: Collection, size: Size): Promise<Figure[]> {
  const rows = collection === 'inventory' ? size.inventoryRows : size.salesRows
  await using pages = await openPages(shelfOf(collection, rows))
  const texts = copyTextOf(entityNamed(collection), await readBodies(pages))
  const rounds: Round[] = []
  for (let round = 0; round < size.rounds; round += 1) {
    await using raw = await server.freshDatabase()
    const copyMs = await copyRaw(raw.url, texts)
    await using database = await server.freshDatabase()
    await using consign = await openConsign({ databaseUrl: database.url, origin: pages.url })
    const [postgresBefore, pagesBefore] = [server.cpuSeconds(), cpuSecondsBelow(pages.pid)]
    const sync = await consign.sync({ entities: [collection], full: false })
    const [postgresCpu, pagesCpu] = [server.cpuSeconds() - postgresBefore, cpuSecondsBelow(pages.pid) - pagesBefore]
    rounds.push({ copyMs, sync, postgresCpu, pagesCpu })
  }
  return figuresOf(collection, rows, rounds)
}

function figuresOf(collection: Collection, rows: number, rounds: Round[]): Figure[] {
  const copyMs = median(rounds.map((round) => round.copyMs))
  const syncMs = median(rounds.map((round) => round.sync.ms))
  const cpu = (of: (round: Round) => number) => `${median(rounds.map(of)).toFixed(1)} s`
  const spread = rounds.map((round) => (round.copyMs / round.sync.ms).toFixed(2)).join(', ')
  return [
    {
      what: `full sync of ${rows.toLocaleString('en')} ${collection} against a raw COPY`,
      ratio: median(rounds.map((round) => round.copyMs / round.sync.ms)),
      limit: 'floor 0.5',
      detail: `${seconds(syncMs)} (${perSecond(rows, syncMs)}) against ${seconds(copyMs)}; rounds ${spread}`,
    },
    {
      what: `… of which CPU (two cores, side by side)`,
      ratio: null,
      limit: '',
      detail: `reader ${cpu((round) => round.sync.cpuSeconds)}, PostgreSQL ${cpu((round) => round.postgresCpu)}, page server ${cpu((round) => round.pagesCpu)}`,
    },
    {
      what: `… peak memory of the syncing process`,
      ratio: Math.max(...rounds.map((round) => round.sync.peakRssMb)) / 400,
      limit: 'under 1.0 (400 MB)',
      detail: `${rounds.map((round) => Math.round(round.sync.peakRssMb)).join(', ')} MB`,
    },
  ]
}
