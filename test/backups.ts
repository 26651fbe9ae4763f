import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Db } from '#src/db/database.ts'
import { typeCommand, type Printed } from './terminal.ts'
import { openWorld } from './world.ts'

/** A folder that is gone when the story ends, in which an embedded database could live. */
export function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'consign-backup-'))
  chmodSync(path, 0o711)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Settings of a Consign that looks at nothing by itself. */
export function settingsOf(dataDir: string, databaseUrl?: string): Record<string, string> {
  const outside = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }
  return { CONSIGN_DATA_DIR: dataDir, LOG_LEVEL: 'silent', SYNC_EVERY_SECONDS: '0', PORT: '0', ...outside }
}

/** Makes a backup, which must go well. Returns its folder. */
export async function takeBackup(settings: Record<string, string>, to: string): Promise<string> {
  const printed = await typeCommand(['backup', '--to', to, '--json'], { vault: settings })
  assert.equal(printed.exitCode, 0, printed.stderr)
  return String(JSON.parse(printed.stdout).path)
}

export function restore(backup: string, settings: Record<string, string>, ...more: string[]): Promise<Printed> {
  return typeCommand(['restore', backup, ...more], { vault: settings })
}

export const verify = (backup: string) => typeCommand(['backup', 'verify', backup], { vault: {} })

/** A migrated database with nothing in it, its data folder, and a folder for backups. */
export async function openSmallShop() {
  await using stack = new AsyncDisposableStack()
  const world = stack.use(await openWorld())
  const folder = stack.use(newFolder())
  const closing = stack.move()
  return {
    ...world,
    folder: folder.path,
    backups: join(folder.path, 'kept'),
    settings: settingsOf(folder.path, world.databaseUrl),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

/** An empty database and an empty data folder. */
export async function openEmptyPlace() {
  await using stack = new AsyncDisposableStack()
  const world = stack.use(await openWorld({ isBare: true }))
  const folder = stack.use(newFolder())
  const closing = stack.move()
  const settings = settingsOf(folder.path, world.databaseUrl)
  return { ...world, folder: folder.path, settings, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

/** Written anew at each start of the queue, or with each note that a backup was made. */
const restless = new Set(['pgboss.version', 'public.audit_head', 'public.audit_seal'])

/** Every row of every table, as PostgreSQL writes it, hashed; the notes of backups in the audit left out. */
export async function contentsOf(db: Db): Promise<Record<string, string>> {
  await sql`set timezone = 'UTC'`.execute(db)
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'mirror', 'pgboss') and c.relkind in ('r', 'p') order by 1`.execute(db)
  const contents: Record<string, string> = {}
  for (const { name } of rows.filter((row) => !restless.has(row.name))) {
    const about = name === 'public.audit' ? sql`where action not like 'backup.%'` : sql``
    const { rows: found } = await sql<{ told: string }>`
      select count(*) || ' rows ' || coalesce(md5(string_agg(t::text, ' ' order by t::text collate "C")), '') as told
      from ${sql.raw(name)} t ${about}`.execute(db)
    contents[name] = found[0]?.told ?? ''
  }
  return contents
}

/** Names in a folder; none where there is no folder. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).map(({ name }) => name)
}
