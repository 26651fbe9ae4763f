import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openDatabase } from '#src/db/database.ts'
import { startEmbeddedPostgres } from '#src/db/embedded.ts'
import { migrate } from '#src/db/migrate.ts'
import { installQueue } from '#src/jobs/boss.ts'

export type TestServer = { url: string; stop: () => Promise<void> }

const template = 'consign_template'
const prefix = 'consign-test-'

/** Ends the servers, and removes the data, of test runs that were killed before they could do it themselves. */
function sweep() {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    const folder = join(tmpdir(), name)
    const pidFile = join(folder, 'postgres/postmaster.pid')
    const server = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0
    if (server > 1 && isAlive(server)) process.kill(server, 'SIGQUIT')
    rmSync(folder, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A PostgreSQL for the tests, with one migrated template database that every world is cloned from. */
export async function startTestServer(): Promise<TestServer> {
  sweep()
  const dataDir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  chmodSync(dataDir, 0o711)
  const postgres = await startEmbeddedPostgres(dataDir, { throwaway: true })
  const url = postgres.url.replace(/\/consign$/, '')
  await onServer(url, `create database ${template}`)
  await using database = openDatabase(`${url}/${template}`)
  await migrate(database.db)
  await installQueue(database)
  const stop = async () => {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { url, stop }
}

/** A database of one's own, its files copied from the template in some 60 ms, or without a single table. */
export async function cloneDatabase(
  serverUrl: string,
  { isBare = false } = {},
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2)}`
  await onServer(serverUrl, `create database ${name} template ${isBare ? 'template0' : template} strategy file_copy`)
  return {
    url: `${serverUrl}/${name}`,
    drop: () => onServer(serverUrl, `drop database if exists ${name} with (force)`),
  }
}

async function onServer(serverUrl: string, statement: string) {
  const client = new Client(`${serverUrl}/postgres`)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
