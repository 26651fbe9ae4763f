import type { PoolClient } from 'pg'
import type { Database } from '../db/database.ts'
import type { CatalogTable } from './catalog.store.ts'

/** A transaction that sees one moment, and gives that moment on to others by name. */
export type Snapshot = { client: PoolClient; name: string }

/**
 * Does `work` while one moment of the database is held, whoever writes meanwhile. A connection whose work failed is cut
 * and not handed back: in the middle of a COPY it hears no rollback.
 */
export async function inSnapshot<T>(
  { pool }: Database,
  signal: AbortSignal,
  work: (held: Snapshot) => Promise<T>,
): Promise<T> {
  return onConnection(pool, signal, async (client) => {
    await begin(client)
    const { rows } = await client.query<{ name: string }>('select pg_export_snapshot() as name')
    return work({ client, name: rows[0]?.name ?? '' })
  })
}

/** The same moment on another connection. */
export async function joinSnapshot<T>(
  { pool }: Database,
  { name, signal }: { name: string; signal: AbortSignal },
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return onConnection(pool, signal, async (client) => {
    await beginOf(client, name)
    return work(client)
  })
}

/** Aborted, it cuts the connection: a checksum over a large table would go on for minutes. */
async function onConnection<T>(
  pool: Database['pool'],
  signal: AbortSignal,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  const cut = () => client.connection.stream.destroy()
  signal.addEventListener('abort', cut, { once: true })
  let isSound = false
  try {
    signal.throwIfAborted()
    const result = await work(client)
    await client.query('rollback')
    isSound = true
    return result
  } finally {
    signal.removeEventListener('abort', cut)
    client.release(!isSound)
  }
}

async function begin(client: PoolClient) {
  await client.query(beginning)
  await client.query(settled)
}

const beginning = 'begin transaction isolation level repeatable read, read only'

/** The moment must be taken up before anything is read. */
async function beginOf(client: PoolClient, name: string) {
  await client.query(beginning)
  await client.query(`set transaction snapshot ${client.escapeLiteral(name)}`)
  await client.query(settled)
}

/** The text of a value depends on these; a checksum on one server must be that on another. A long table takes its time. */
export const settled = `
  set local datestyle = 'ISO, MDY'; set local timezone = 'UTC'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local xmloption = 'content';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`

/** No table may go while it is read (a month of history that is dropped waits). */
export async function holdTables(client: PoolClient, tables: readonly CatalogTable[]) {
  await client.query(`lock table ${tables.map((table) => place(client, table)).join(', ')} in access share mode`)
}

export function place(client: PoolClient, { schema, name }: { schema: string; name: string }): string {
  return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`
}
