import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/**
 * Places in orders, one a job, rising. Whoever puts a job into an order holds that order until the commit: otherwise a later
 * place could be seen, and its job done, before an earlier one appears.
 */
export async function takePlaces(tx: Db, orders: readonly string[]): Promise<string[]> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('job order ' || name, 0))
    from (select distinct unnest(${orders}::text[]) as name order by name) named`.execute(tx)
  const { rows } = await sql<{ place: string }>`
    select lpad(nextval('pgboss.consign_place')::text, ${digits}, '0') as place
    from generate_series(1, ${orders.length}::int)`.execute(tx)
  return rows.map(({ place }) => place)
}

/** Compared as text, so all are of one length: that of the largest bigint. */
const digits = 19
