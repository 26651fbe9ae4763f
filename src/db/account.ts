import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Refusal } from '../kernel/refusal.ts'

/** The unprivileged account that runs the database when Consign itself was started by root. */
export type Account = { uid: number; gid: number }

/** PostgreSQL refuses to run as root: then it gets the system account `postgres`, made if there is none. */
export function databaseAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  return lookUp('postgres') ?? create('postgres')
}

/** Whether an account may walk down to a path: every folder on the way lets it through. */
export function canReach(path: string, account: Account): boolean {
  const folder = resolve(path)
  return letsThrough(folder, account) && (dirname(folder) === folder || canReach(dirname(folder), account))
}

function letsThrough(folder: string, { uid, gid }: Account): boolean {
  const { mode, uid: owner, gid: group } = statSync(folder)
  if (owner === uid) return (mode & 0o100) !== 0
  if (group === gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

function lookUp(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}

function create(name: string): Account {
  const made = spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    name,
  ])
  const account = made.status === 0 ? lookUp(name) : undefined
  if (account) return account
  throw new Refusal(
    'misconfigured',
    'database_account_missing',
    `PostgreSQL does not run as root, and the account "${name}" could not be made. Start Consign as an ordinary user, or set DATABASE_URL.`,
  )
}
