import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openDatabase } from '#src/db/database.ts'
import { startEmbeddedPostgres } from '#src/db/embedded.ts'
import { migrate } from '#src/db/migrate.ts'
import { cpuSecondsBelow } from './process-stat.ts'

export type BenchServer = AsyncDisposable & {
  version: string
  /** An empty, migrated database of its own; everything before it has been written to the disk. */
  freshDatabase(): Promise<BenchDatabase>
  /** CPU time of all of PostgreSQL's processes so far. */
  cpuSeconds(): number
}

/** Work in a database that is gone afterwards. */
export async function inFreshDatabase<Result>(
  server: BenchServer,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  await using database = await server.freshDatabase()
  return await work(database.url)
}

type BenchDatabase = AsyncDisposable & { url: string }

const template = 'bench_template'

/** The embedded PostgreSQL with the settings that a real start gives it (fsync and all), in a folder that is removed. */
export async function openBenchServer(): Promise<BenchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'consign-bench-'))
  chmodSync(dataDir, 0o711)
  const postgres = await startEmbeddedPostgres(dataDir)
  const url = postgres.url.replace(/\/consign$/, '')
  const close = async () => {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await onServer(url, `create database ${template}`)
    await migrateTemplate(`${url}/${template}`)
    const [row] = await onServer(url, 'show server_version')
    return {
      version: String(row?.['server_version']),
      freshDatabase: () => freshDatabase(url),
      cpuSeconds: () => cpuSecondsBelow(postmasterOf(dataDir)),
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function migrateTemplate(url: string) {
  await using database = openDatabase(url)
  await migrate(database.db)
}

let made = 0

async function freshDatabase(server: string): Promise<BenchDatabase> {
  const name = `bench_${++made}`
  await onServer(server, `create database ${name} template ${template}`)
  await onServer(server, 'checkpoint')
  const drop = async () => void (await onServer(server, `drop database ${name} with (force)`))
  return { url: `${server}/${name}`, [Symbol.asyncDispose]: drop }
}

async function onServer(server: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client(`${server}/postgres`)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

function postmasterOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n', 1)[0])
}
