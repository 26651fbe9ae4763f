import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** What there is of a product at an outlet, and what is said about it elsewhere; decimals as text. */
export type Stock = {
  productId: string
  sku: string | null
  name: string | null
  /** As Lightspeed last said; null where the mirror has no row for it. */
  onHand: string | null
  /** In open documents that take it from here, and in what has left without Lightspeed knowing yet. */
  committed: string
  /** Sold here, and not fetched or dispatched yet. */
  promised: string
  available: string
  /** Sent or shipped to here, and not received. */
  inTransit: string
  /** Ordered to here, and not shipped as far as we know. */
  onOrder: string
}

/**
 * What is available of some products at an outlet, all in one statement and so at one moment: from the mirror, which may be
 * some seconds old, and the open documents, less one that is not to count.
 */
export async function listStock(
  db: Db,
  outletId: string,
  { productIds, except = null }: { productIds: readonly string[]; except?: string | null },
): Promise<Stock[]> {
  const { rows } = await sql<Stock>`
    with asked as (
      select product_id, min(at) as at from unnest(${productIds}::text[]) with ordinality as given (product_id, at) group by product_id
    ), line as (
      select l.product_id, c.type, c.status, c.shipped_at, l.quantity, l.packed, coalesce(l.received, 0) as received,
        l.decision is null and l.origin = 'planned' as is_owed,
        c.type <> 'PURCHASE_ORDER' and ${outletId} = case c.type when 'OUTLET_TRANSFER' then c.source_outlet_id else c.outlet_id end as leaves,
        c.type in ('OUTLET_TRANSFER', 'PURCHASE_ORDER') and c.outlet_id = ${outletId} as arrives,
        exists (select from consignment_leg g where g.consignment_id = c.id
          and g.remote_status in ('SENT', 'DISPATCHED', 'RECEIVED')) as is_told
      from consignment c join consignment_line l on l.consignment_id = c.id
      where c.status in ('OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'PARTIAL') and c.type <> 'STOCKTAKE'
        and (c.outlet_id = ${outletId} or c.source_outlet_id = ${outletId}) and c.id is distinct from ${except}::uuid
        and l.product_id in (select product_id from asked)
    ), moving as (
      select product_id,
        sum(case when not leaves then 0
          when status in ('OPEN', 'PACKING') then greatest(quantity, packed)
          when status = 'PACKAGED' or not is_told then packed else 0 end) as committed,
        sum(case when not arrives or status in ('OPEN', 'PACKING', 'PACKAGED') then 0
          when type = 'OUTLET_TRANSFER' then greatest(packed - received, 0)
          when shipped_at is not null and is_owed then greatest(quantity - received, 0) else 0 end) as in_transit,
        sum(case when arrives and type = 'PURCHASE_ORDER' and status <> 'OPEN' and shipped_at is null and is_owed
          then greatest(quantity - received, 0) else 0 end) as on_order
      from line group by product_id
    ), sold as (${promisedAt(outletId)})
    select asked.product_id as "productId", p.sku, coalesce(p.variant_name, p.name) as name,
      trim_scale(held.level)::text as "onHand", trim_scale(coalesce(moving.committed, 0))::text as committed,
      trim_scale(coalesce(sold.promised, 0))::text as promised,
      trim_scale(coalesce(held.level, 0) - coalesce(moving.committed, 0) - coalesce(sold.promised, 0))::text as available,
      trim_scale(coalesce(moving.in_transit, 0))::text as "inTransit", trim_scale(coalesce(moving.on_order, 0))::text as "onOrder"
    from asked
    left join mirror.product p on p.id = asked.product_id
    left join lateral (
      select sum(i.inventory_level) as level from mirror.inventory i
      where i.product_id = asked.product_id and i.outlet_id = ${outletId} and i.deleted_at is null
    ) held on true
    left join moving on moving.product_id = asked.product_id
    left join sold on sold.product_id = asked.product_id
    order by asked.at`.execute(db)
  return rows
}

/** What was sold and waits in the shop to be fetched or dispatched. */
function promisedAt(outletId: string) {
  return sql`
      select i.product_id, sum(i.quantity) as promised
      from mirror.sale s join mirror.sale_line_item i on i.sale_id = s.id
      where s.outlet_id = ${outletId} and s.status in ('AWAITING_DISPATCH', 'AWAITING_PICKUP') and s.deleted_at is null
        and i.deleted_at is null and i.product_id in (select product_id from asked)
      group by i.product_id`
}

/** Waits for whoever decides about the stock of this outlet just now. For one document a transaction, locked before. */
export async function lockStock(tx: Db, outletId: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended('stock of ' || ${outletId}, 0))`.execute(tx)
}
