import { Kysely, PostgresDialect } from 'kysely'
import { Pool, types } from 'pg'
import { planOnce } from './planned.ts'
import type { DB } from './schema.ts'

export type Db = Kysely<DB>

export type Database = AsyncDisposable & {
  db: Db
  pool: Pool
  url: string
  /** Called within each transaction before it commits; what it throws rolls it back. */
  beforeCommit?: (tx: Db) => Promise<void>
}

export type DatabaseOptions = {
  /** Connections at the most; every process on one database adds its own. */
  poolSize?: number
  /** Told when a connection breaks, idle or at work (PostgreSQL restarted); the pool mends itself at the next use. */
  onConnectionLost?: (error: Error) => void
}

/** A pool on a PostgreSQL of version 15 or newer. Whole numbers come as numbers, decimals as exact text, times as Dates. */
export function openDatabase(
  url: string,
  { poolSize = 12, onConnectionLost = () => {} }: DatabaseOptions = {},
): Database {
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    application_name: 'consign',
    idle_in_transaction_session_timeout: longestIdleMs,
    types: { getTypeParser },
  })
  let isClosing = false
  pool.on('connect', (client) => {
    planOnce(client)
    client.on('error', (error) => isClosing || onConnectionLost(error))
  })
  pool.on('error', () => {})
  const close = () => {
    isClosing = true
    return pool.end()
  }
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, url, [Symbol.asyncDispose]: close }
}

/** A process that froze in the middle of a change holds its rows no longer; no transaction waits for anything outside. */
const longestIdleMs = 60_000

const int8 = 20

const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === int8 ? readWholeNumber : types.getTypeParser(oid, format)

function readWholeNumber(text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number)) return number
  throw new RangeError(`${text} is too large to be counted with`)
}
