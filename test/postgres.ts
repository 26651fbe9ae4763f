import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openDatabase } from '#src/db/database.ts'
import { startEmbeddedPostgres } from '#src/db/embedded.ts'
import { migrate } from '#src/db/migrate.ts'

export type TestServer = { url: string; stop(): Promise<void> }

const template = 'consign_template'

/** A PostgreSQL for the tests, with one migrated template database that every world is cloned from. */
export async function startTestServer(): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'consign-test-'))
  chmodSync(dataDir, 0o711)
  const postgres = await startEmbeddedPostgres(dataDir, { throwaway: true })
  const url = postgres.url.replace(/\/consign$/, '')
  await onServer(url, `create database ${template}`)
  await using database = openDatabase(`${url}/${template}`)
  await migrate(database.db)
  const stop = async () => {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { url, stop }
}

/** A database of one's own, cloned from the template in some 50 ms. */
export async function cloneDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2)}`
  await onServer(serverUrl, `create database ${name} template ${template}`)
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
