import { Kysely, PostgresDialect } from 'kysely'
import type { PoolClient } from 'pg'
import type { Database, Db } from './database.ts'
import type { DB } from './schema.ts'

/** One connection inside one transaction: typed queries by `db`, COPY by `client`. */
export type Transaction = { db: Db; client: PoolClient }

/** Runs `work` in one transaction; whatever it throws rolls everything back. */
export async function inTransaction<T>({ pool }: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const onLost = (error: Error) => (broken = error)
  client.on('error', onLost)
  try {
    await client.query('begin')
    const result = await work({ db: boundTo(client), client })
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

/** The pool's client stays ours to release: Kysely only borrows it. */
function boundTo(client: PoolClient): Db {
  const connection = Object.create(client, { release: { value: () => {} } })
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool: { connect: async () => connection, end: async () => {}, options: {} } }),
  })
}
