import { statfs } from 'node:fs/promises'
import type { House } from '../house.ts'
import { readDatabaseFacts } from './health.store.ts'
import { amber, green, partOf, red, type Part } from './parts.ts'

const leastFreeBytes = 512 * 1024 * 1024
const scarceFreeBytes = 2 * 1024 * 1024 * 1024

export function databasePart({ database }: House): Promise<Part> {
  return partOf('database', 'Start PostgreSQL again, or correct DATABASE_URL', async () => {
    const started = performance.now()
    const { version, sizeBytes, connections, historyOutsidePartitions } = await readDatabaseFacts(database.db)
    const ms = Math.round(performance.now() - started)
    const facts = `PostgreSQL ${version}, ${Math.round(sizeBytes / 1e6)} MB, ${connections} connections, answered in ${ms} ms`
    if (!historyOutsidePartitions) return green(facts)
    return amber(
      `${facts}; history lies outside its months`,
      'See "history_outside_partitions" in docs/runbook.md: its rows are moved into partitions of their months',
    )
  })
}

type Disk = { freeBytes: number; state: 'enough' | 'scarce' | 'low'; path: string }

/** What is free on the disk of the data folder. */
export async function readDisk({ config: { dataDir } }: Pick<House, 'config'>): Promise<Disk> {
  const { bavail, bsize } = await statfs(dataDir)
  const freeBytes = bavail * bsize
  const state = freeBytes < leastFreeBytes ? 'low' : freeBytes < scarceFreeBytes ? 'scarce' : 'enough'
  return { freeBytes, state, path: dataDir }
}

export function diskPart(house: House): Promise<Part> {
  return partOf('disk', 'Free some space, or set CONSIGN_DATA_DIR to a larger disk', async () => {
    const { freeBytes, state, path } = await readDisk(house)
    if (state === 'enough') return green(`${Math.round(freeBytes / 1e9)} GB free`)
    const said = `Only ${Math.round(freeBytes / 1e6)} MB are free at ${path}`
    return state === 'low' ? red(said) : amber(said)
  })
}

export function processPart({ stopping }: House): Part {
  const of = { name: 'process', cure: null }
  if (stopping.aborted) return { ...of, ok: false, grade: 'red', detail: 'Consign is stopping', cure: 'Start it again' }
  return { ...of, ok: true, grade: 'green', detail: `Process ${process.pid} answers` }
}
