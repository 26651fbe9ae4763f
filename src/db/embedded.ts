import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { Refusal } from '../kernel/refusal.ts'
import { canReach, databaseAccount, type Account } from './account.ts'
import { findBinaries, type Binaries } from './postgres-binaries.ts'

export type EmbeddedPostgres = { url: string; stop: () => Promise<void> }

type Cluster = {
  folder: string
  logFile: string
  /** Holds the connection string, for its owner: `psql "$(cat .consign/database-url)"`. */
  urlFile: string
  password: string
  account: Account | undefined
  binaries: Binaries
}

/** What a machine of its own would be tuned to; `fsync` is only ever off for tests that throw their data away. */
export type EmbeddedOptions = { throwaway?: boolean }

const database = 'consign'

/**
 * Brings up the PostgreSQL that npm installed, with its data below `dataDir`. One that a killed process left running is
 * taken over. Throws a Refusal that names the cure when the folder cannot be written or the disk is full.
 */
export async function startEmbeddedPostgres(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const account = databaseAccount()
  const password = passwordOf(dataDir)
  const folder = clusterFolder(dataDir, { account, password })
  const cluster: Cluster = {
    folder,
    logFile: join(folder, 'consign.log'),
    urlFile: join(dataDir, 'database-url'),
    password,
    account,
    binaries: findBinaries(account),
  }
  if (!existsSync(join(cluster.folder, 'PG_VERSION'))) await create(cluster)
  const port = (await runningPort(cluster)) ?? (await start(cluster, options))
  const url = `postgres://${database}:${cluster.password}@127.0.0.1:${port}/${database}`
  writeFileSync(cluster.urlFile, `${url}\n`, { mode: 0o600 })
  return { url, stop: () => stop(cluster) }
}

const farFolder = '/var/lib/consign'

/**
 * Where the cluster lies: in the data folder, or, where its account cannot go there, in /var/lib with a link to it. There its
 * name is of the place and the password together: a folder that is begun anew at the same place finds nothing of the old one.
 */
function clusterFolder(dataDir: string, { account, password }: Pick<Cluster, 'account' | 'password'>): string {
  const place = resolve(dataDir)
  const near = join(place, 'postgres')
  if (account === undefined || canReach(place, account)) return near
  const there = lstatSync(near, { throwIfNoEntry: false })
  const link = there?.isSymbolicLink() ? readlinkSync(near) : undefined
  const namedByPlaceAlone = farName(place)
  if (link === namedByPlaceAlone) return link
  const far = farName(`${place}\n${password}`)
  mkdirSync(farFolder, { recursive: true, mode: 0o755 })
  if (link !== far && !there?.isDirectory()) {
    rmSync(near, { force: true })
    symlinkSync(far, near)
  }
  return far
}

function farName(key: string): string {
  return join(farFolder, createHash('sha256').update(key).digest('hex').slice(0, 16))
}

function passwordOf(dataDir: string): string {
  const file = join(dataDir, 'postgres-password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600, flush: true })
  return readFileSync(file, 'utf8').trim()
}

/** Made beside its place and moved there whole, so that a start killed half-way leaves nothing that looks finished. */
async function create(cluster: Cluster) {
  const half = `${cluster.folder}.new`
  const passwordFile = `${cluster.folder}.pw`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 })
  if (cluster.account) {
    chownSync(half, cluster.account.uid, cluster.account.gid)
    chownSync(passwordFile, cluster.account.uid, cluster.account.gid)
  }
  try {
    await run(cluster, cluster.binaries.initdb, [
      `--pgdata=${half}`,
      `--username=${database}`,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--no-instructions',
    ])
    rmSync(cluster.folder, { recursive: true, force: true })
    renameSync(half, cluster.folder)
  } finally {
    rmSync(half, { recursive: true, force: true })
    rmSync(passwordFile, { force: true })
  }
}

async function start(cluster: Cluster, options: EmbeddedOptions): Promise<number> {
  const port = await freePort(portBefore(cluster))
  const settings = { ...tuning, ...(options.throwaway ? throwawayTuning : {}), port: String(port) }
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`)
  const args = ['-D', cluster.folder, '-w', '-t', '60', '-l', cluster.logFile, '-s', '-o', flags.join(' '), 'start']
  await run(cluster, cluster.binaries.pgCtl, args)
  await ensureDatabase(cluster, port)
  return port
}

const tuning = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  random_page_cost: '1.1',
  effective_io_concurrency: '32',
  jit: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
}

const throwawayTuning = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  wal_level: 'minimal',
  max_wal_senders: '0',
}

async function ensureDatabase(cluster: Cluster, port: number) {
  const { Client } = await import('pg')
  const client = new Client(`postgres://${database}:${cluster.password}@127.0.0.1:${port}/postgres`)
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database])
    if (found.rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

/** The port of a server that already runs on this cluster, read from the file that PostgreSQL keeps for that. */
async function runningPort(cluster: Cluster): Promise<number | undefined> {
  const pidFile = join(cluster.folder, 'postmaster.pid')
  if (!existsSync(pidFile)) return undefined
  const status = await run(cluster, cluster.binaries.pgCtl, ['-D', cluster.folder, 'status']).catch(() => undefined)
  if (status === undefined) return undefined
  const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3])
  await ensureDatabase(cluster, port)
  return port
}

async function stop(cluster: Cluster) {
  await run(cluster, cluster.binaries.pgCtl, ['-D', cluster.folder, '-m', 'fast', '-w', '-t', '60', '-s', 'stop'])
}

/** The port of the last time, so that a connection string that somebody noted stays good. */
function portBefore({ urlFile }: Cluster): number {
  return existsSync(urlFile) ? Number(new URL(readFileSync(urlFile, 'utf8').trim()).port) : 0
}

function freePort(wished: number): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', (error) => (wished === 0 ? failed(error) : found(freePort(0))))
    probe.listen(wished, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address ? found(address.port) : failed(new Error('No free port')),
      )
    })
  })
}

function run({ account, logFile }: Cluster, program: string, args: string[]): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      ...account,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', failed)
    child.once('exit', (code) => (code === 0 ? done(output) : failed(refusalFor(program, output, logFile))))
  })
}

function refusalFor(program: string, output: string, logFile: string): Refusal {
  const told = `${output}\n${lastLines(logFile)}`
  if (/No space left on device/i.test(told)) {
    return new Refusal(
      'misconfigured',
      'disk_full',
      'The disk is full: PostgreSQL cannot write. Free some space, or set CONSIGN_DATA_DIR to a larger disk.',
    )
  }
  return new Refusal(
    'misconfigured',
    'postgres_not_started',
    `PostgreSQL could not be started (${program}): ${told.trim().slice(-2000)}`,
  )
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-12).join('\n') : ''
}
