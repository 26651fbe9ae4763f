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

export type Looked = { lineId: string; productId: string; at: Date }

/**
 * Of these looks, those before which the mirror had not yet read what another count of the outlet put right: the
 * stock, or that of the product, must have been read between that and the look.
 */
export async function listCorrectedElsewhere(
  db: Db,
  { id, outletId }: { id: string; outletId: string },
  looked: readonly Looked[],
): Promise<{ lineId: string; number: string }[]> {
  const { rows } = await sql<{ lineId: string; number: string }>`
    select distinct looked.line_id as "lineId", other.number
    from unnest(${looked.map(({ lineId }) => lineId)}::uuid[], ${looked.map(({ productId }) => productId)}::text[],
      ${looked.map(({ at }) => at)}::timestamptz[]) as looked (line_id, product_id, at)
    join stocktake_adjustment as done on done.product_id = looked.product_id and done.consignment_id <> ${id}
    join stocktake_batch as told on told.consignment_id = done.consignment_id and told.batch = done.batch
    join consignment as other on other.id = done.consignment_id and other.outlet_id = ${outletId}
    where told.done_at is null or (told.done_at > looked.at - interval '30 days' and not exists (
      select from sync_run_entity as reading join sync_run as run on run.id = reading.run_id
      where reading.entity = 'inventory' and reading.state = 'done' and run.row_limit is null and run.part is null
        and reading.started_at > told.done_at and reading.finished_at < looked.at)
      and not exists (
        select from mirror.product_qty_history as change
        where change.product_id = looked.product_id and change.outlet_id = ${outletId}
          and change.recorded_at > told.done_at and change.recorded_at < looked.at))
    order by other.number, looked.line_id`.execute(db)
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
