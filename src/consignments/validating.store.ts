import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Head } from './consignments.store.ts'

export type Oddity = { code: string; message: string; lineId: string | null; productId: string | null }

/** What somebody should look at; none of it blocks. The mirror's word may be some seconds old. */
export async function listOddities(db: Db, head: Head): Promise<Oddity[]> {
  const { rows } = await sql<Oddity>`
    with line as (
      select l.id, l.product_id, l.quantity, l.unit_cost, p.id as known, p.deleted_at, p.is_active,
        coalesce(p.sku, l.product_id) as name, held.inventory_level as level
      from consignment_line l
      left join mirror.product p on p.id = l.product_id
      left join lateral (
        select inventory_level from mirror.inventory i
        where i.product_id = l.product_id and i.outlet_id = ${sourceOf(head)} and i.deleted_at is null limit 1
      ) held on true
      where l.consignment_id = ${head.id}
    )
    select 'lines_missing' as code, 'it has no lines' as message, null::uuid as "lineId", null as "productId"
      where not exists (select from line)
    union all
    select 'quantity_zero', name || ' has the quantity 0', id, product_id from line where quantity = 0
    union all
    select 'product_gone', name || ' is no longer in Lightspeed', id, product_id from line
      where known is null or deleted_at is not null
    union all
    select 'product_inactive', name || ' is not active', id, product_id from line
      where deleted_at is null and is_active = false
    union all
    select 'cost_missing', name || ' has no cost', id, product_id from line
      where unit_cost is null and ${head.type === 'PURCHASE_ORDER'}
    union all
    select 'stock_short', name || ' has ' || trim_scale(coalesce(level, 0)) || ' at the source, not ' || trim_scale(quantity),
      id, product_id from line
      where ${sourceOf(head) !== null} and quantity > coalesce(level, 0)
    union all
    select 'rma_missing', 'the supplier has given no number for it (RMA)', null, null
      where ${head.type === 'SUPPLIER_RETURN'}
        and not exists (select from supplier_return r where r.consignment_id = ${head.id} and r.rma is not null)
    union all
    select 'return_reason_missing', name || ' has no reason why it goes back', id, product_id from line
      where ${head.type === 'SUPPLIER_RETURN'} and not exists (select from supplier_return_line r where r.line_id = line.id)
    limit 500`.execute(db)
  return rows
}

/** Where the goods are taken from; null where they come from outside, or do not move. */
function sourceOf({ type, outlet_id, source_outlet_id }: Head): string | null {
  return type === 'SUPPLIER_RETURN' ? outlet_id : source_outlet_id
}
