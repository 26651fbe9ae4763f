import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Total = { name: string; label: string; value: number }

/** Adds to totals. Sorted, so that two processes that add at once take the rows in the same order. */
export async function addToTotals(db: Db, totals: readonly Total[]) {
  const sorted = totals.toSorted((one, other) => (`${one.name} ${one.label}` < `${other.name} ${other.label}` ? -1 : 1))
  await sql`
    insert into metric_total as t (name, label, value)
    select * from unnest(${sorted.map(({ name }) => name)}::text[], ${sorted.map(({ label }) => label)}::text[],
      ${sorted.map(({ value }) => value)}::bigint[])
    on conflict (name, label) do update set value = t.value + excluded.value`.execute(db)
}

export async function listTotals(db: Db): Promise<Total[]> {
  return db.selectFrom('metric_total').selectAll().orderBy('name').orderBy('label').execute()
}
