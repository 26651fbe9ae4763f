import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type FindingRow = {
  lineId: string
  productId: string
  sku: string | null
  name: string | null
  received: string | null
  decision: string | null
  unitCost: string | null
  decidedAt: Date | null
  recounted: string | null
  recountedAt: Date | null
  firstAt: Date | null
  lastAt: Date | null
  counters: string[]
}

/** Of each line what was counted, when first and last, what a second look found, and what was decided. */
export async function listFindingRows(db: Db, consignmentId: string): Promise<FindingRow[]> {
  const { rows } = await sql<FindingRow>`
    select line.id as "lineId", line.product_id as "productId", product.sku,
      coalesce(product.variant_name, product.name) as name, line.received::text, line.decision,
      line.unit_cost::text as "unitCost", decided.decided_at as "decidedAt", again.quantity::text as recounted,
      again.counted_at as "recountedAt", scan.first_at as "firstAt", scan.last_at as "lastAt",
      coalesce(scan.counters, '{}') as counters
    from consignment_line as line
    left join mirror.product on product.id = line.product_id
    left join stocktake_decision as decided on decided.line_id = line.id
    left join (select product_id, min(scanned_at) as first_at,
        coalesce(max(scanned_at) filter (where quantity > 0), max(scanned_at)) as last_at,
        array_agg(distinct actor order by actor) as counters
      from scan_event where consignment_id = ${consignmentId} group by product_id) as scan
      on scan.product_id = line.product_id
    left join lateral (
      select quantity, counted_at from stocktake_recount
      where line_id = line.id and quantity is not null order by asked_at desc limit 1
    ) as again on true
    where line.consignment_id = ${consignmentId}
    order by line.position`.execute(db)
  return rows
}

/** Until when the mirror knows the stock: null where it was never read to its end. */
export async function readStockSeenAt(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('sync_state')
    .select('last_complete_at')
    .where('entity', '=', 'inventory')
    .executeTakeFirst()
  return row?.last_complete_at ?? null
}
