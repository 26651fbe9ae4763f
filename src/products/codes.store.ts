import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** What a code leads to in the mirror. */
type Hit = { product_id: string; is_active: boolean; how: 'sku' | 'code' }

/** The products that have one of these codes as their SKU or among their codes: by index, whatever the number of products. */
export async function listHits(db: Db, codes: readonly string[]): Promise<Hit[]> {
  if (codes.length === 0) return []
  const { rows } = await sql<Hit>`
    with asked as (select distinct scan_key(code) as key from unnest(${codes}::text[]) code)
    select distinct on (hit.id) hit.id as product_id, hit.is_active, hit.how
    from asked, lateral (
      select p.id, coalesce(p.is_active, p.active, true) as is_active, 'sku' as how
      from mirror.product p where scan_key(p.sku) = asked.key and p.deleted_at is null
      union all
      select p.id, coalesce(p.is_active, p.active, true), 'code'
      from mirror.product_code c join mirror.product p on p.id = c.product_id
      where scan_key(c.code) = asked.key and c.deleted_at is null and p.deleted_at is null
    ) hit
    order by hit.id, hit.how desc
    limit 50`.execute(db)
  return rows
}

export type Taught = { code: string; product_id: string; units: string; taught_by: string; taught_at: Date }

const shown = ['code', 'product_id', 'units', 'taught_by', 'taught_at'] as const

/** What was taught about the first of these codes; nothing when its product is gone. */
export async function findTaught(db: Db, codes: readonly string[]): Promise<Taught | undefined> {
  const { rows } = await sql<Taught>`
    select t.code, t.product_id, trim_scale(t.units)::text as units, t.taught_by, t.taught_at
    from unnest(${codes}::text[]) with ordinality asked (code, position)
    join taught_code t on t.key = scan_key(asked.code)
    join mirror.product p on p.id = t.product_id and p.deleted_at is null
    order by asked.position limit 1`.execute(db)
  return rows[0]
}

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
