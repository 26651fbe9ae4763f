import { sql } from 'kysely'
import { planned } from '../db/planned.ts'
import type { Db } from '../db/database.ts'

/** One form of a code that was asked for: `at` is whose form it is, `place` its rank among them. */
export type Asked = { at: number; place: number; code: string; isInside: boolean }

/** Where a form leads: `units` only where they were taught, `isInside` where the form is the single item of a case. */
export type Hit = {
  at: number
  place: number
  product_id: string
  is_active: boolean
  how: 'taught' | 'sku' | 'code'
  units: string | null
  is_inside: boolean
}

/** Where all these lead, in one statement: by index, whatever the number of products; of one form no more than fifty. */
export async function listHits(db: Db, asked: readonly Asked[]): Promise<Hit[]> {
  if (asked.length === 0) return []
  const column = <Name extends keyof Asked>(name: Name) => asked.map((one) => one[name])
  const sold = sql`coalesce(p.is_active, p.active, true)`
  const { rows } = await sql<Hit>`${sql.raw(planned)}
    with asked as materialized (
      select at, place, scan_key(code) as key, is_inside
      from unnest(${column('at')}::int[], ${column('place')}::int[], ${column('code')}::text[], ${column('isInside')}::boolean[])
        one (at, place, code, is_inside)
    ), hit as (
      select asked.at, asked.place, asked.is_inside, found.* from asked, lateral (
        (select p.id, ${sold} as is_active, 'taught' as how, 1 as rank, trim_scale(t.units)::text as units
          from taught_code t join mirror.product p on p.id = t.product_id
          where t.key = asked.key and not asked.is_inside and p.deleted_at is null)
        union all
        (select p.id, ${sold}, 'sku', 2, null from mirror.product p
          where scan_key(p.sku) = asked.key and p.deleted_at is null limit 50)
        union all
        (select p.id, ${sold}, 'code', 3, null
          from mirror.product_code c join mirror.product p on p.id = c.product_id
          where scan_key(c.code) = asked.key and c.deleted_at is null and p.deleted_at is null limit 50)
      ) found
    )
    select distinct on (at, rank = 1, is_inside, id) at, place, id as product_id, is_active, how, units, is_inside
    from hit order by at, rank = 1, is_inside, id, rank, place`.execute(db)
  return rows
}

export type Taught = { code: string; product_id: string; units: string; taught_by: string; taught_at: Date }

const shown = ['code', 'product_id', 'units', 'taught_by', 'taught_at'] as const

/** For the change of what is taught; another change of the same code waits. */
export async function lockTaught(tx: Db, code: string): Promise<Taught | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('taught_code ' || scan_key(${code}), 0))`.execute(tx)
  const row = await tx
    .selectFrom('taught_code')
    .select(shown)
    .where('key', '=', sql<string>`scan_key(${code})`)
    .executeTakeFirst()
  return row && { ...row, units: plain(row.units) }
}

export async function saveTaught(tx: Db, taught: { code: string; productId: string; units: string; by: string }) {
  const { code, productId: product_id, units, by: taught_by } = taught
  const row = await tx
    .insertInto('taught_code')
    .values({ code, product_id, units, taught_by })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({ code, product_id, units, taught_by, taught_at: sql`now()` }),
    )
    .returning(shown)
    .executeTakeFirstOrThrow()
  return { ...row, units: plain(row.units) }
}

export async function deleteTaught(tx: Db, code: string) {
  await tx
    .deleteFrom('taught_code')
    .where('key', '=', sql<string>`scan_key(${code})`)
    .execute()
}

function plain(units: string): string {
  return units.includes('.') ? units.replace(/\.?0+$/, '') : units
}
