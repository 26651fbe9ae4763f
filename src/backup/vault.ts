import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { openDatabase, type Database } from '../db/database.ts'
import { listMigrations, migrate } from '../db/migrate.ts'
import { unreachable } from '../db/unreachable.ts'
import { installQueue } from '../jobs/boss.ts'
import { Refusal } from '../kernel/refusal.ts'
import { openDataDir } from '../ops/data-dir.ts'
import { occupy, requireVacant } from '../ops/occupancy.ts'
import { listTables } from './catalog.store.ts'
import { checkBackup } from './checking.ts'
import { placeFiles, requireRoomFor, secretKeyPrint } from './data-files.ts'
import { newestIn } from './folder.ts'
import { makeBackup, type Progress } from './making.ts'
import type { Manifest } from './manifest.ts'
import { fillDatabase, newer, requireUnused } from './restoring.ts'
import { removeOld } from './rotation.ts'
import { openSource, startEmbedded } from './source.ts'
import { listApplied } from './target.store.ts'

type Watching = { signal: AbortSignal; onProgress: Progress }

export type BackingUp = Watching & {
  /** The folder in which backups are kept; `backups` in the data folder when left out. */
  to: string | undefined
  /** So many of this shop stay; the oldest go. */
  keep: number | undefined
}

/** Makes a backup of the settings' database and data folder, beside a running Consign or alone. */
export async function backUp(config: Config, { to, keep, signal, onProgress }: BackingUp) {
  const started = performance.now()
  const place = resolve(to ?? join(config.dataDir, 'backups'))
  await using stack = new AsyncDisposableStack()
  const database = await openSource(config, stack)
  const made = await makeBackup({ config, database, to: place, signal, onProgress }).catch((error: unknown) =>
    Promise.reject(unreachable(config, error)),
  )
  const removed = keep === undefined ? [] : removeOld(place, keep, made.manifest.retailer)
  return { ...summary(made.manifest), path: made.path, fileBytes: made.fileBytes, removed, seconds: since(started) }
}

export type BackedUp = Awaited<ReturnType<typeof backUp>>

/** Looks whether a backup is whole, without a database; of a folder of backups, whether the newest is. */
export async function verifyBackup(folder: string) {
  const path = newestIn(resolve(folder))
  const { manifest, faults } = await checkBackup(path, { counts: true })
  return { path, isWhole: faults.length === 0, faults, ...(manifest ? summary(manifest) : {}) }
}

export type Verified = Awaited<ReturnType<typeof verifyBackup>>

export type Restoring = Watching & { folder: string; dryRun: boolean; say: (text: string) => void }

/**
 * Restores a backup to the empty database and the data folder of the settings: all of it, or nothing. Throws a Refusal with
 * the cure for a backup that is damaged or newer, and for a place that is in use.
 */
export async function restoreBackup(config: Config, { folder, dryRun, ...watching }: Restoring) {
  const started = performance.now()
  const path = resolve(folder)
  const manifest = await soundManifest(path)
  await requireKnown(manifest)
  const restored = dryRun ? await rehearse(config, path, manifest) : await perform(config, path, manifest, watching)
  const fits = manifest.secretKeyPrint === null || secretKeyFits(config, manifest)
  return { ...summary(manifest), ...restored, path, dryRun, secretKeyFits: fits, seconds: since(started) }
}

export type Restored = Awaited<ReturnType<typeof restoreBackup>>

function summary({ tables, files, photosIn, takenAt, retailer, version }: Manifest) {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0)
  const paths = files.map((file) => file.path)
  return { takenAt, retailer, version, tables: tables.length, rows, bytes, files: paths, photosIn }
}

async function soundManifest(path: string): Promise<Manifest> {
  const { manifest, faults } = await checkBackup(path, { counts: false })
  if (manifest && faults.length === 0) return manifest
  const told = faults.map(({ file, message }) => `${file} ${message}`).join('; ')
  throw new Refusal('conflict', 'backup_damaged', `${path} cannot be restored: ${told}. Take another backup.`, {
    faults,
  })
}

/** Our migrations go only forward: those of the backup must be the first of ours. */
async function requireKnown({ migrations }: Manifest) {
  const known = await listMigrations()
  const unknown = migrations.find((name, at) => known[at] !== name)
  if (unknown !== undefined) throw newer(`its schema has ${unknown}`)
}

async function rehearse(config: Config, path: string, manifest: Manifest) {
  requireVacant(config.dataDir)
  requireRoomFor(filesOf(manifest), config, path)
  await using stack = new AsyncDisposableStack()
  const isThere = config.databaseUrl !== undefined || existsSync(join(config.dataDir, 'postgres', 'PG_VERSION'))
  if (isThere) {
    stack.defer(occupy(config.dataDir).leave)
    await requireFitting(await openTarget(config, stack), manifest)
  }
  return { leftOut: [], migrated: [] }
}

type Performing = Omit<Restoring, 'folder' | 'dryRun'>

async function perform(config: Config, path: string, manifest: Manifest, { say, ...watching }: Performing) {
  await using stack = new AsyncDisposableStack()
  openDataDir(config.dataDir)
  stack.defer(occupy(config.dataDir).leave)
  const files = filesOf(manifest)
  requireRoomFor(files, config, path)
  const database = await openTarget(config, stack)
  await requireFitting(database, manifest)
  await migrate(database.db, manifest.migrations.at(-1))
  await installQueue(database, config.workerSilentSeconds)
  const undo = await placeFiles(files, config, path)
  const { leftOut } = await fillDatabase({ database, manifest, folder: path, ...watching }).catch((error: unknown) => {
    undo()
    throw error
  })
  say('Restored, and each table proved equal to what was backed up.')
  const migrated = await migrate(database.db)
  await installQueue(database, config.workerSilentSeconds)
  await database.pool.query('analyze')
  return { leftOut, migrated }
}

async function openTarget(config: Config, stack: AsyncDisposableStack): Promise<Database> {
  const url = config.databaseUrl ?? (await startEmbedded(config, stack))
  return stack.use(openDatabase(url, { poolSize: 4 }))
}

/** Before anything is made there: nobody uses the database, and its schema is not ahead of the backup's. */
async function requireFitting({ pool }: Database, { migrations }: Manifest) {
  const client = await pool.connect()
  try {
    const applied = await listApplied(client)
    if (applied.length === 0) return
    await requireUnused(client, await listTables(client))
    const ahead = applied.find((name, at) => migrations[at] !== name)
    if (ahead === undefined) return
    throw new Refusal(
      'conflict',
      'restore_target_not_empty',
      `The database has the tables of a newer Consign than the backup (${ahead}): give a database without any.`,
    )
  } finally {
    client.release()
  }
}

function filesOf({ files }: Manifest): string[] {
  return files.map(({ path }) => path)
}

/** Where the key came from a setting, the backup does not hold it. */
function secretKeyFits(config: Config, { secretKeyPrint: wanted, files }: Manifest): boolean {
  const comesAlong = config.secretKey === undefined && files.some(({ path }) => path === 'secret-key')
  return comesAlong || secretKeyPrint(config) === wanted
}

function since(started: number): number {
  return Math.round(performance.now() - started) / 1000
}
