import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { Refusal } from '../kernel/refusal.ts'
import type { Db } from './database.ts'

const folder = join(import.meta.dirname, 'migrations')
const oldestServer = 150_000

/**
 * Brings the database to the newest schema, or to that of an older migration; many processes may ask at once, one does it.
 * Returns the migrations run.
 */
export async function migrate(db: Db, upTo?: string): Promise<string[]> {
  await requireServerVersion(db)
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations }, migrationTableSchema: 'public' })
  const { error, results = [] } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo))
  if (error) throw new Error('The database could not be brought to the newest schema', { cause: error })
  return results.map(({ migrationName }) => migrationName)
}

/** All migrations that this Consign knows, in their order. */
export async function listMigrations(): Promise<string[]> {
  return Object.keys(await readMigrations()).toSorted()
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql'))
  const migrations = files.map(async (file) => [file.replace('.sql', ''), await readMigration(file)] as const)
  return Object.fromEntries(await Promise.all(migrations))
}

async function readMigration(file: string): Promise<Migration> {
  const statements = await readFile(join(folder, file), 'utf8')
  return { up: async (db) => void (await sql.raw(statements).execute(db)) }
}

async function requireServerVersion(db: Db) {
  const { rows } = await sql<{ version: number; name: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as name`.execute(db)
  const server = rows[0]
  if (server && server.version >= oldestServer) return
  throw new Refusal(
    'misconfigured',
    'postgres_too_old',
    `Consign needs PostgreSQL 15 or newer; DATABASE_URL leads to ${server?.name ?? 'an unknown server'}.`,
  )
}
