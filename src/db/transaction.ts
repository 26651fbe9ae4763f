import { Kysely, PostgresDialect } from 'kysely'
import type { PoolClient } from 'pg'
import type { Database, Db } from './database.ts'
import type { DB } from './schema.ts'

/** One connection inside one transaction: typed queries by `db`, COPY by `client`. */
export type Transaction = { db: Db; client: PoolClient }

/** Runs `work` in one transaction; whatever it throws rolls everything back. */
export async function inTransaction<T>(
  { pool, beforeCommit }: Database,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const onLost = (error: Error) => (broken = error)
  client.on('error', onLost)
  try {
    await client.query('begin')
    const tx = { db: boundTo(client), client }
    const result = await work(tx)
    await beforeCommit?.(tx.db)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (broken = lost))
    throw error
  } finally {
    client.off('error', onLost)
    client.release(broken)
  }
}

/** The client stays ours to release: Kysely only borrows it, query by query. */
function boundTo(client: PoolClient): Db {
  const borrowed = new Proxy(client, {
    get: (lender, name) => {
      if (name === 'release') return () => {}
      const part: unknown = Reflect.get(lender, name)
      return typeof part === 'function' ? part.bind(lender) : part
    },
  })
  const pool = { connect: async () => borrowed, end: async () => {}, options: {} }
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
}
