import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#src/db/database.ts'
import type { Office } from './office.ts'

type Condition = 'damaged_in_transit' | 'damaged_in_store' | 'expired' | 'wrong_item'

/** What came of a product in all: of it so much damaged, expired or wrong. */
export type Arrived = { all: string | number } & { readonly [Reason in Condition]?: string | number }

/** Counts what came as a delivery leaves it: the sums in the lines, and scans that come to them. */
export async function count(office: Office, id: string, arrived: Readonly<Record<string, Arrived>>) {
  const { db } = office
  for (const [productId, { all, ...reasons }] of Object.entries(arrived)) {
    const bad = Object.values(reasons).map(Number)
    const damaged = bad.reduce((sum, one) => sum + one, 0)
    await sql`update consignment_line set received = ${all}, damaged = ${damaged}
      where consignment_id = ${id} and product_id = ${productId}`.execute(db)
    const { rows } = await sql<{ before: string }>`select coalesce(sum(quantity), 0)::text as before from scan_event
      where consignment_id = ${id} and product_id = ${productId}`.execute(db)
    const good = Number(all) - damaged - Number(rows[0]?.before)
    for (const [condition, quantity] of Object.entries({ ...(good === 0 ? {} : { good }), ...reasons }))
      await sql`insert into scan_event (id, consignment_id, product_id, quantity, condition, scanned_at, actor)
        values (${randomUUID()}, ${id}, ${productId}, ${quantity}, ${condition}, now(), 'somebody')`.execute(db)
  }
}

/** The sums of cases and of variances, document by document, as the database alone knows them; they must be the same. */
export async function mustAddUp(db: Db) {
  const { rows } = await sql<{ number: string; cases: string; differences: string }>`
    with bad as (
      select consignment_id, product_id, sum(quantity) as wrong from scan_event
      where condition = 'wrong_item' group by consignment_id, product_id
    ), packed as (
      select consignment_id, bool_or(packed > 0) as any from consignment_line group by consignment_id
    ), difference as (
      select d.id, d.number, l.id as line_id,
        coalesce(l.received, 0) - l.damaged + coalesce(bad.wrong, 0) as usable,
        case when d.type = 'OUTLET_TRANSFER' and packed.any then l.packed else l.quantity end as expected,
        coalesce(l.received, 0) - coalesce(bad.wrong, 0) as came, l.damaged - coalesce(bad.wrong, 0) as damaged,
        d.status
      from consignment d join consignment_line l on l.consignment_id = d.id join packed on packed.consignment_id = d.id
      left join bad on bad.consignment_id = d.id and bad.product_id = l.product_id
      where d.type in ('PURCHASE_ORDER', 'OUTLET_TRANSFER') and d.status in ('PARTIAL', 'RECEIVED', 'CLOSED', 'ARCHIVED')
    )
    select number, trim_scale(sum((select coalesce(sum(c.quantity), 0) from discrepancy_case c where c.line_id = difference.line_id)))::text as cases,
      trim_scale(sum(case when status = 'PARTIAL' and came < expected then usable - came else usable - expected end))::text as differences
    from difference group by number order by number`.execute(db)
  assert.deepEqual(
    rows.map(({ number, cases }) => [number, cases]),
    rows.map(({ number, differences }) => [number, differences]),
  )
  return rows
}
