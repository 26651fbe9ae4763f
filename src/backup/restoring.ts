import { randomUUID } from 'node:crypto'
import { join, basename } from 'node:path'
import type { PoolClient } from 'pg'
import { record } from '../audit/audit.store.ts'
import type { Database } from '../db/database.ts'
import { isDiskFull } from '../db/faults.ts'
import { inTransaction } from '../db/transaction.ts'
import { queueBookkeeping, queueFurniture, readQueueVersion } from '../jobs/keeping.store.ts'
import { Refusal } from '../kernel/refusal.ts'
import { listTables, type CatalogTable } from './catalog.store.ts'
import { copyIn } from './copying.store.ts'
import { digestOf } from './digest.store.ts'
import { fillingOrder } from './filling-order.rules.ts'
import { nameOf, type Manifest, type TableEntry } from './manifest.ts'
import type { Progress } from './making.ts'
import { settled } from './snapshot.store.ts'
import { closeUp, findUsed, lockTables, makeRoom, setSequences } from './target.store.ts'

export type Filling = {
  database: Database
  manifest: Manifest
  folder: string
  signal: AbortSignal
  onProgress: Progress
}

type Pair = { entry: TableEntry; table: CatalogTable }

/** `leftOut`: tables that Consign does not make, and that are not there. */
export type Filled = { tables: number; rows: number; leftOut: string[] }

/**
 * Fills an empty database whose schema stands where the backup's stood, in one transaction: all of it, proved equal to what was
 * backed up, or nothing. Throws a Refusal when somebody uses the database already.
 */
export function fillDatabase(filling: Filling): Promise<Filled> {
  return inTransaction(filling.database, async ({ client, db }) => {
    await client.query(settled)
    const catalog = await listTables(client)
    await lockTables(client, catalog)
    await requireUnused(client, catalog)
    const { pairs, leftOut } = await matchTables(client, filling.manifest, catalog)
    const tables = pairs.map(({ table }) => table)
    await makeRoom(
      client,
      tables,
      pairs.map(({ entry, table }) => ({ ...table, partitions: entry.partitions })),
    )
    await copyAll(client, pairs, filling)
    await setSequences(client, filling.manifest.sequences)
    for (const pair of pairs) await requireSame(client, pair)
    await closeUp(client, tables)
    const after = { takenAt: filling.manifest.takenAt, version: filling.manifest.version, tables: pairs.length }
    const what = { action: 'backup.restored', entity: 'backup', entityId: basename(filling.folder) }
    await record(db, { ...what, before: null, after, actor: 'command', correlationId: randomUUID() })
    filling.signal.throwIfAborted()
    return { tables: pairs.length, rows: pairs.reduce((sum, { entry }) => sum + entry.rows, 0), leftOut }
  }).catch((error: unknown) => {
    if (filling.signal.aborted) throw filling.signal.reason
    throw isDiskFull(error) ? diskFull() : error
  })
}

/** Throws a Refusal with the cure for a database that somebody uses. */
export async function requireUnused(client: PoolClient, tables: readonly CatalogTable[]) {
  const used = await findUsed(client, tables, queueFurniture)
  if (!used) return
  throw new Refusal(
    'conflict',
    'restore_target_not_empty',
    `The database is in use: ${nameOf(used)} has rows, and a restore never overwrites any. Set CONSIGN_DATA_DIR to a new folder (the ` +
      'embedded database), or DATABASE_URL to an empty database; or move the data folder away.',
    { table: nameOf(used) },
  )
}

async function matchTables(client: PoolClient, manifest: Manifest, catalog: readonly CatalogTable[]) {
  const queueVersion = (await readQueueVersion(client)) ?? 0
  if (queueVersion < manifest.queueVersion)
    throw newer(`its queue is of version ${manifest.queueVersion}, this one of ${queueVersion}`)
  const wanted = manifest.tables.filter(
    (entry) => queueVersion === manifest.queueVersion || !queueBookkeeping.has(nameOf(entry)),
  )
  const present = new Map(fillingOrder(catalog).map((table) => [nameOf(table), table]))
  const order = [...present.keys()]
  const pairs = wanted.flatMap((entry) => {
    const table = present.get(nameOf(entry))
    return table ? [{ entry, table: fitting(entry, table) }] : []
  })
  return {
    pairs: pairs.toSorted((one, other) => order.indexOf(nameOf(one.entry)) - order.indexOf(nameOf(other.entry))),
    leftOut: wanted.map(nameOf).filter((name) => !present.has(name)),
  }
}

function fitting(entry: TableEntry, table: CatalogTable): CatalogTable {
  const lost = entry.columns.find((column) => !table.columns.includes(column))
  if (lost === undefined) return table
  throw new Refusal(
    'conflict',
    'backup_does_not_fit',
    `${nameOf(entry)} has no column ${lost} in this Consign. Restore with the Consign that made the backup, then bring that up to date.`,
  )
}

/** A backup that this Consign is too old for. */
export function newer(because: string): Refusal {
  return new Refusal(
    'conflict',
    'backup_newer',
    `The backup was made by a newer Consign (${because}): bring this one up to date, then restore.`,
  )
}

async function copyAll(client: PoolClient, pairs: readonly Pair[], { folder, signal, onProgress }: Filling) {
  let bytes = 0
  for (const [done, { entry }] of pairs.entries()) {
    signal.throwIfAborted()
    const onBytes = (more: number) => {
      bytes += more
      onProgress({ tables: done, of: pairs.length, bytes })
    }
    const { rows } = await copyIn(client, entry, join(folder, entry.file), { signal, onBytes })
    if (rows !== entry.rows) throw differs(entry, `${rows} rows were in the file, ${entry.rows} in the table`)
  }
}

/** The proof: what the database now has is what the other one had. */
async function requireSame(client: PoolClient, { entry }: Pair) {
  const { rows, checksum } = await digestOf(client, entry)
  if (rows !== entry.rows) throw differs(entry, `${rows} rows instead of ${entry.rows}`)
  if (checksum !== entry.checksum) throw differs(entry, `the checksum is ${checksum} instead of ${entry.checksum}`)
}

function differs(entry: TableEntry, how: string): Refusal {
  return new Refusal(
    'conflict',
    'restore_differs',
    `${nameOf(entry)} is not what was backed up: ${how}. Nothing was restored; take another backup, and report this one.`,
  )
}

function diskFull(): Refusal {
  return new Refusal(
    'misconfigured',
    'disk_full',
    'The disk of the database is full: nothing was restored. Free some space, or restore to a larger disk (CONSIGN_DATA_DIR, DATABASE_URL).',
  )
}
