import { statfs } from 'node:fs/promises'
import type { House } from '../house.ts'
import { gradeOf } from '../jobs/grading.rules.ts'
import { kindNames } from '../jobs/kinds.ts'
import { readLoad } from '../jobs/stats.store.ts'
import { readDatabaseFacts, readFreshness } from './health.store.ts'

export type Part = { name: string; ok: boolean; detail: string; cure: string | null }
export type Health = { ok: boolean; parts: Part[] }

const leastFreeBytes = 512 * 1024 * 1024
const stalestMinutes = 60

/** Each part with its state and, where it is not well, its cure. Never throws: what cannot be told is not well. */
export async function readHealth(house: House): Promise<Health> {
  const parts = await Promise.all([
    databasePart(house),
    lightspeedPart(house),
    mirrorPart(house),
    queuePart(house),
    diskPart(house),
  ])
  return { ok: parts.every((part) => part.ok), parts }
}

/** Ready to be asked: the database answers. */
export async function readReadiness(house: House): Promise<Health> {
  const part = await databasePart(house)
  return { ok: part.ok, parts: [part] }
}

function databasePart({ database }: House): Promise<Part> {
  return partOf('database', 'Start PostgreSQL again, or correct DATABASE_URL', async () => {
    const started = performance.now()
    const { version, sizeBytes, connections } = await readDatabaseFacts(database.db)
    const ms = Math.round(performance.now() - started)
    return `PostgreSQL ${version}, ${Math.round(sizeBytes / 1e6)} MB, ${connections} connections, answered in ${ms} ms`
  })
}

function lightspeedPart({ lightspeed }: House): Promise<Part> {
  return partOf('lightspeed', 'Run `consign test connection` for the reason', async () => {
    const { origin, kind } = await lightspeed.describe()
    const { ms } = await lightspeed.check()
    return `${kind === 'simulator' ? 'Simulated retailer' : 'Retailer'} at ${origin ?? 'an unknown address'} answered in ${ms} ms`
  })
}

function mirrorPart({ database }: House): Promise<Part> {
  return partOf('mirror', 'Run `consign audit sync-status` to see which entity stays behind', async () => {
    const { oldest, complete } = await readFreshness(database.db)
    if (!oldest) return 'Nothing has been read to the end yet'
    const minutes = Math.round((Date.now() - oldest.getTime()) / 60_000)
    if (minutes > stalestMinutes) throw new Error(`An entity has not been read to the end for ${minutes} minutes`)
    return `${complete} entities read to the end within the last ${Math.max(1, minutes)} minutes`
  })
}

function queuePart({ database, config }: House): Promise<Part> {
  return partOf('queue', 'Start `consign worker`, and see `consign queue status` for what waits', async () => {
    const load = await readLoad(database.db, kindNames, config.workerSilentSeconds)
    const { grade, reasons } = gradeOf(load)
    if (grade === 'red') throw new Error(`The queue is red: ${reasons.join(', ')}`)
    const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : ''
    return `${grade}${why}: ${load.waiting} waiting, ${load.workersAlive} at work, ${load.dead} dead letters`
  })
}

function diskPart({ config }: House): Promise<Part> {
  return partOf('disk', 'Free some space, or set CONSIGN_DATA_DIR to a larger disk', async () => {
    const { bavail, bsize } = await statfs(config.dataDir)
    const free = bavail * bsize
    if (free < leastFreeBytes) throw new Error(`Only ${Math.round(free / 1e6)} MB are free at ${config.dataDir}`)
    return `${Math.round(free / 1e9)} GB free`
  })
}

async function partOf(name: string, cure: string, look: () => Promise<string>): Promise<Part> {
  try {
    return { name, ok: true, detail: await look(), cure: null }
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error), cure }
  }
}
