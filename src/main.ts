import type { Config } from './config.ts'
import { openDatabase, type Database } from './db/database.ts'
import { startEmbeddedPostgres } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { unreachable } from './db/unreachable.ts'
import { openStorage } from './evidence/storage.ts'
import type { House } from './house.ts'
import { buildApp, type Api } from './http/app.ts'
import { installQueue } from './jobs/boss.ts'
import { joinOthers, urlOfRunning } from './joining.ts'
import { keepToOneRetailer } from './lightspeed/identity.actions.ts'
import { openLink } from './lightspeed/open-link.ts'
import { startRunner, type Runner } from './mirror/runner.ts'
import { keepSecret, openDataDir } from './ops/data-dir.ts'
import { openGrading } from './ops/grading.ts'
import { keepHeapSmall } from './ops/heap.ts'
import { openLog } from './ops/log.ts'
import { occupy, type Occupancy } from './ops/occupancy.ts'
import { openTally } from './ops/tally.ts'
import { hashOf } from './people/sign-in.actions.ts'
import { keepToken } from './people/tokens.store.ts'

export type HouseOptions = {
  /** Comes in beside a Consign that runs on the data folder, or alone on an outside database. */
  joins?: boolean
  /** Does the sync runs that stand in the database; without, another process does them. */
  syncs?: boolean
}

export type OpenHouse = AsyncDisposable & {
  house: House
  app: Api
  occupancy: Occupancy
  adminToken: { value: string; file: string | null; isNew: boolean }
}

/**
 * The only composition root: data folder, database, retailer, runner and app, each closed again in reverse order.
 * Throws a Refusal with the cure (exit code 2 or 3) when one of them cannot be had.
 */
export async function openHouse(
  config: Config,
  say: (text: string) => void,
  { joins = false, syncs = true }: HouseOptions = {},
): Promise<OpenHouse> {
  keepHeapSmall()
  openDataDir(config.dataDir)
  await using stack = new AsyncDisposableStack()
  const occupancy = joins ? joinOthers(config) : occupy(config.dataDir)
  stack.defer(occupancy.leave)
  const log = openLog(config.logLevel, process.stderr.isTTY)
  const database = stack.use(
    await openMigratedDatabase(config, {
      say,
      stack,
      joins,
      onLost: (error) => log.warn({ error }, 'A connection to the database was lost'),
    }),
  )
  await keepToOneRetailer(database.db, config.lightspeed)
  const adminToken = await keepAdminToken(database, config)
  const tally = stack.use(openTally({ db: database.db, log }))
  const lightspeed = stack.use(await openLink({ config, database, log, tally, secretKey: secretKeyOf(config) }))
  const stopping = new AbortController()
  const runner = syncs ? startRunner({ database, lightspeed: lightspeed.client, log }) : noRunner
  stack.defer(async () => {
    stopping.abort()
    await runner.stop()
  })
  const house: House = {
    config,
    database,
    log,
    lightspeed,
    tally,
    storage: openStorage(config),
    grade: openGrading({ database, config }),
    wakeRunner: runner.wake,
    stopping: stopping.signal,
    startedAt: new Date(),
  }
  const closing = stack.move()
  return { house, app: buildApp(house), occupancy, adminToken, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

/** Others see within seconds that a run was asked for. */
const noRunner: Runner = { wake: () => {}, stop: async () => {} }

type Opening = {
  say: (text: string) => void
  stack: AsyncDisposableStack
  joins: boolean
  onLost: (error: Error) => void
}

async function openMigratedDatabase(config: Config, { say, stack, joins, onLost }: Opening): Promise<Database> {
  const url = config.databaseUrl ?? (joins ? urlOfRunning(config) : await startOwnPostgres(config, stack))
  const database = openDatabase(url, { poolSize: config.workers + poolForOthers, onConnectionLost: onLost })
  try {
    const run = await migrate(database.db)
    await installQueue(database, config.workerSilentSeconds)
    if (run.length > 0) say(`Database ready (${run.length} migrations)`)
    return database
  } catch (error) {
    await database[Symbol.asyncDispose]()
    throw unreachable(config, error)
  }
}

/** Connections beside those that jobs may hold: requests, syncs, the queue itself. */
const poolForOthers = 8

async function startOwnPostgres({ dataDir }: Config, stack: AsyncDisposableStack): Promise<string> {
  const { url, stop } = await startEmbeddedPostgres(dataDir)
  stack.defer(stop)
  return url
}

async function keepAdminToken({ db }: Database, { adminToken, dataDir }: Config) {
  if (adminToken !== undefined) return { value: adminToken, file: null, isNew: false }
  const secret = keepSecret(dataDir, 'admin-token')
  await keepToken(db, { name: 'The administrator', tokenHash: hashOf(secret.value), scopes: ['*'] })
  return secret
}

function secretKeyOf({ secretKey, dataDir }: Config): string {
  return secretKey ?? keepSecret(dataDir, 'secret-key').value
}
