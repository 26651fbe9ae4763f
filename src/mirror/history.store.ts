import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** Makes the partitions of the stock history for this month and the next ones, and moves into its month what lies outside. */
export async function ensureHistoryPartitions(db: Db, monthsAhead: number) {
  await sql`select mirror.ensure_history_partitions(${monthsAhead})`.execute(db)
}

export type HistoryPartition = {
  name: string
  /** When its month begins (UTC); null of the one that takes what no month is there for. */
  from: Date | null
  /** Roughly, as PostgreSQL last counted; exact of the one outside of all months. */
  rows: number
  bytes: number
  /** Its month is over for more than two years: worth archiving. */
  isOld: boolean
}

export async function listHistoryPartitions(db: Db): Promise<HistoryPartition[]> {
  const { rows } = await sql<HistoryPartition>`
    select name, month as "from", pg_total_relation_size(oid)::bigint as bytes,
      case when month is null then (select count(*) from mirror.product_qty_history_default) else greatest(reltuples, 0)::bigint end as rows,
      coalesce(month < now() - interval '25 months', false) as "isOld"
    from (
      select c.oid, c.relname as name, c.reltuples,
        case when c.relname ~ '_[0-9]{6}$' then to_date(right(c.relname, 6), 'YYYYMM')::timestamp at time zone 'UTC' end as month
      from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'mirror.product_qty_history'::regclass
    ) partitions order by month nulls last`.execute(db)
  return rows
}
