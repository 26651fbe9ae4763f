import { createHash, randomUUID } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { record } from '../audit/audit.store.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { readQueueVersion } from '../jobs/keeping.store.ts'
import { version } from '../ops/version.ts'
import { hasConsign, listTables, readSequences, readStanding, type CatalogTable } from './catalog.store.ts'
import { copyOut } from './copying.store.ts'
import { bucketPlace } from '../storage-settings.ts'
import { copyFile, listDataFiles, secretKeyPrint } from './data-files.ts'
import { digestOf } from './digest.store.ts'
import { beginBackup, unwritten, type HalfBackup } from './folder.ts'
import { format, manifestFile, nameOf, sumsFile, sumsText, type Manifest, type TableEntry } from './manifest.ts'
import { noBackupHere } from './source.ts'
import { holdTables, inSnapshot, joinSnapshot, type Snapshot } from './snapshot.store.ts'

export type Progress = (done: { tables: number; of: number; bytes: number }) => void

export type Making = { config: Config; database: Database; to: string; signal: AbortSignal; onProgress: Progress }

export type Made = { path: string; name: string; manifest: Manifest; fileBytes: number }

/** Tables that are read at the same time. Two keep the database and us both busy. */
const lanes = 2

/**
 * Writes a backup of one moment, whoever writes meanwhile. It gets its name when all of it lies on the disk; whatever
 * fails leaves nothing. Throws a Refusal with the cure when the disk cannot take it.
 */
export async function makeBackup(making: Making): Promise<Made> {
  const half = beginBackup(making.to, new Date())
  try {
    const sums = new Map<string, string>()
    const manifest = await inSnapshot(making.database, making.signal, (held) =>
      writeAll({ ...making, half, held, sums }),
    )
    const text = `${JSON.stringify(manifest, null, 1)}\n`
    writeWhole(join(half.path, manifestFile), text)
    sums.set(manifestFile, createHash('sha256').update(text).digest('hex'))
    writeWhole(join(half.path, sumsFile), sumsText(sums))
    making.signal.throwIfAborted()
    const path = await finish(making.database, half, manifest)
    return { path, name: half.name, manifest, fileBytes: sizeOf(manifest) }
  } catch (error) {
    half.discard()
    throw making.signal.aborted ? making.signal.reason : unwritten(making.to, error)
  }
}

type Writing = Making & { half: HalfBackup; held: Snapshot; sums: Map<string, string> }

async function writeAll(writing: Writing): Promise<Manifest> {
  const { held, config, half, sums } = writing
  const queueVersion = await readQueueVersion(held.client)
  if (queueVersion === undefined || !(await hasConsign(held.client))) throw noBackupHere(config)
  const standing = await readStanding(held.client)
  const catalog = await listTables(held.client)
  await holdTables(held.client, catalog)
  const sequences = await readSequences(held.client)
  const tables = await writeTables(catalog, writing)
  const files: Manifest['files'] = []
  for (const path of listDataFiles(config)) {
    const { bytes, sha256 } = await copyFile(join(config.dataDir, path), join(half.path, 'data', path))
    files.push({ path, bytes })
    sums.set(`data/${path}`, sha256)
  }
  return {
    format,
    version,
    ...standing,
    queueVersion,
    secretKeyPrint: secretKeyPrint(config),
    tables,
    sequences,
    files,
    photosIn: config.storage.kind === 's3' ? bucketPlace(config.storage) : null,
  }
}

/** The largest first, so that no lane is left alone with one at the end. One that fails stops the others. */
async function writeTables(catalog: readonly CatalogTable[], writing: Writing): Promise<TableEntry[]> {
  const { database, held, signal, onProgress } = writing
  const waiting = catalog.toSorted((one, other) => other.sizeBytes - one.sizeBytes)
  const written: TableEntry[] = []
  const failed = new AbortController()
  const until = AbortSignal.any([signal, failed.signal])
  let bytes = 0
  const tell = () => onProgress({ tables: written.length, of: catalog.length, bytes })
  const lane = () =>
    joinSnapshot(database, { name: held.name, signal: until }, async (client) => {
      for (let table = waiting.shift(); table; table = waiting.shift()) {
        until.throwIfAborted()
        const file = `tables/${nameOf(table)}.copy.zst`
        const onBytes = (more: number) => {
          bytes += more
          tell()
        }
        const whole = join(writing.half.path, file)
        const through = await copyOut(client, table, whole, { signal: until, onBytes })
        const { rows, checksum } = await digestOf(client, table)
        if (rows !== through.rows) throw new Error(`${nameOf(table)}: ${through.rows} rows were copied of ${rows}`)
        writing.sums.set(file, through.sha256)
        written.push(entryOf(table, { file, rows, checksum, bytes: through.bytes, fileBytes: statSync(whole).size }))
        tell()
      }
    }).catch((error: unknown) => {
      failed.abort(error)
      throw error
    })
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane))
  for (const end of ended) if (end.status === 'rejected') throw failed.signal.reason
  return written.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other), 'en'))
}

type Written = Pick<TableEntry, 'file' | 'rows' | 'checksum' | 'bytes' | 'fileBytes'>

function entryOf({ schema, name, columns, partitions }: CatalogTable, written: Written): TableEntry {
  return { schema, name, columns, ...written, partitions }
}

/** Who holds a backup holds every secret in it: that it was made is noted, and stands or falls with its name. */
function finish(database: Database, half: HalfBackup, manifest: Manifest): Promise<string> {
  return inTransaction(database, async ({ db }) => {
    const after = { takenAt: manifest.takenAt, tables: manifest.tables.length, files: manifest.files.length }
    const what = { action: 'backup.made', entity: 'backup', entityId: half.name, before: null, after }
    await record(db, { ...what, actor: 'command', correlationId: randomUUID() })
    return half.finish()
  })
}

function writeWhole(file: string, text: string) {
  writeFileSync(file, text, { mode: 0o600, flag: 'wx', flush: true })
}

function sizeOf({ tables, files }: Manifest): number {
  return [...tables.map(({ fileBytes }) => fileBytes), ...files.map(({ bytes }) => bytes)].reduce((a, b) => a + b, 0)
}
