import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#src/db/database.ts'
import { startEmbeddedPostgres } from '#src/db/embedded.ts'
import { migrate } from '#src/db/migrate.ts'

/** Writes src/db/schema.ts from the schema that the migrations make. `--out FILE` writes it elsewhere. */
const out = process.argv[process.argv.indexOf('--out') + 1] ?? ''
const dataDir = mkdtempSync(join(tmpdir(), 'consign-types-'))
chmodSync(dataDir, 0o711)
const postgres = await startEmbeddedPostgres(dataDir, { throwaway: true })
try {
  await using database = openDatabase(postgres.url)
  await migrate(database.db)
  const file = process.argv.includes('--out') ? out : 'src/db/schema.ts'
  const args = [
    '--dialect',
    'postgres',
    '--url',
    postgres.url,
    '--out-file',
    file,
    '--singularize=false',
    '--type-mapping',
    '{"int8":"number"}',
  ]
  const schemas = [
    '--include-pattern',
    '{public,mirror}.*',
    '--exclude-pattern',
    '{public.kysely_*,*.product_qty_history_*}',
  ]
  run('kysely-codegen', [...args, ...schemas])
  run('oxfmt', [file])
} finally {
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

function run(command: string, args: string[]) {
  const done = spawnSync(command, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${command}: ${done.stdout}${done.stderr}`, { cause: done.error })
}
