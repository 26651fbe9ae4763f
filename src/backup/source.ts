import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { openDatabase, type Database } from '../db/database.ts'
import { startEmbeddedPostgres } from '../db/embedded.ts'
import { Refusal } from '../kernel/refusal.ts'
import { findOccupant, occupy } from '../ops/occupancy.ts'

/** A snapshot, the lanes that share it, and one for the audit. */
const connections = 4

/**
 * The database of the settings, as it stands: nothing is migrated. Beside a Consign that runs on the data folder its
 * embedded database is used, else that is started for as long. Throws a Refusal where there is none.
 */
export async function openSource(config: Config, stack: AsyncDisposableStack): Promise<Database> {
  return stack.use(openDatabase(await urlOf(config, stack), { poolSize: connections }))
}

async function urlOf(config: Config, stack: AsyncDisposableStack): Promise<string> {
  const { dataDir, databaseUrl } = config
  if (databaseUrl !== undefined) return databaseUrl
  const running = join(dataDir, 'database-url')
  if (findOccupant(dataDir) && existsSync(running)) return readFileSync(running, 'utf8').trim()
  if (!existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) throw noBackupHere(config)
  stack.defer(occupy(dataDir).leave)
  return startEmbedded(config, stack)
}

/** The embedded database, until the stack is closed; the data folder must be ours. */
export async function startEmbedded({ dataDir }: Config, stack: AsyncDisposableStack): Promise<string> {
  const { url, stop } = await startEmbeddedPostgres(dataDir)
  stack.defer(stop)
  return url
}

/** Nothing of a Consign is where the settings say. */
export function noBackupHere({ dataDir, databaseUrl }: Config): Refusal {
  const where = databaseUrl === undefined ? `the data folder ${dataDir}` : 'the database of DATABASE_URL'
  return new Refusal(
    'conflict',
    'nothing_to_back_up',
    `No Consign has kept anything in ${where}: set CONSIGN_DATA_DIR or DATABASE_URL to those of the one to back up.`,
  )
}
