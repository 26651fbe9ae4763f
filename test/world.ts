import { after } from 'node:test'
import { openDatabase } from '#src/db/database.ts'
import { cloneDatabase, startTestServer, type TestServer } from './postgres.ts'

/** A database of one's own: empty, migrated (unless bare), and gone when the story ends. For a whole shop see shop.ts. */
export async function openWorld({ isBare = false } = {}) {
  const { url, drop } = await cloneDatabase(await serverUrl(), { isBare })
  const database = openDatabase(url, { poolSize: 8 })
  const close = async () => {
    await database[Symbol.asyncDispose]()
    await drop()
  }
  return { database, db: database.db, pool: database.pool, databaseUrl: url, [Symbol.asyncDispose]: close }
}

let own: Promise<TestServer> | undefined

const shared = process.env['TEST_DATABASE_SERVER']

if (!shared) after(async () => (await own)?.stop())

/** The server that `npm test` started; a file run alone starts one for itself. */
async function serverUrl(): Promise<string> {
  if (shared) return shared
  own ??= startTestServer()
  return (await own).url
}
