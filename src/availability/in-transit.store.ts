import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** A document with goods under way, or missed on the way; decimals as text, the value in its currency. */
export type UnderWay = {
  id: string
  number: string
  type: string
  status: string
  currency: string
  fromId: string | null
  fromName: string | null
  toId: string | null
  toName: string | null
  since: Date
  hours: number
  quantity: string
  value: string
  /** Not arrived, and somebody's case to settle. */
  missing: string
  missingValue: string
}

/**
 * What has left and not arrived: sent here, shipped by suppliers, on its way back to them; oldest first. What is received
 * reduces it; when all is received what did not come is missing, until its case is settled.
 */
export async function listUnderWay(db: Db, outletIds: readonly string[] | undefined): Promise<UnderWay[]> {
  const everywhere = outletIds === undefined
  const { rows } = await sql<UnderWay>`
    with known as (
      select id from consignment where status in ('SENT', 'RECEIVING', 'PARTIAL')
        and (type in ('OUTLET_TRANSFER', 'SUPPLIER_RETURN') or type = 'PURCHASE_ORDER' and shipped_at is not null)
      union
      select consignment_id from discrepancy_case where kind in ('short', 'lost') and outcome is null
    ), moving as (
      select c.* from consignment c join known using (id)
      where ${everywhere} or c.outlet_id = any(${outletIds ?? []}::text[]) or c.source_outlet_id = any(${outletIds ?? []}::text[])
    ), line as (
      select l.consignment_id, coalesce(l.unit_cost, held.average_cost, p.supply_price, 0) as cost,
        case when c.status not in ('SENT', 'RECEIVING', 'PARTIAL') or l.decision is not null
            or c.type = 'PURCHASE_ORDER' and c.shipped_at is null then 0
          else greatest(case c.type when 'PURCHASE_ORDER' then l.quantity else l.packed end - coalesce(l.received, 0), 0) end as under_way,
        coalesce(cases.missing, 0) as missing
      from moving c join consignment_line l on l.consignment_id = c.id
      left join mirror.product p on p.id = l.product_id
      left join lateral (
        select i.average_cost from mirror.inventory i
        where i.product_id = l.product_id and i.outlet_id = coalesce(c.source_outlet_id, c.outlet_id) and i.average_cost > 0 limit 1
      ) held on l.unit_cost is null
      left join lateral (
        select -sum(d.quantity) as missing from discrepancy_case d
        where d.line_id = l.id and d.kind in ('short', 'lost') and d.outcome is null
      ) cases on true
    ), summed as (
      select consignment_id, sum(under_way) as under_way, sum(round(under_way * cost, 2)) as value, sum(missing) as missing,
        sum(round(missing * cost, 2)) as missing_value
      from line group by consignment_id having sum(under_way) > 0 or sum(missing) > 0
    ), placed as (
      select c.*, case c.type when 'OUTLET_TRANSFER' then c.source_outlet_id when 'PURCHASE_ORDER' then c.supplier_id else c.outlet_id end as from_id,
        case c.type when 'SUPPLIER_RETURN' then c.supplier_id else c.outlet_id end as to_id
      from moving c
    )
    select c.id, c.number, c.type, c.status, c.currency, c.from_id as "fromId", coalesce(source.name, seller.name) as "fromName",
      c.to_id as "toId", coalesce(target.name, taker.name) as "toName", coalesce(c.shipped_at, c.status_since) as since,
      floor(extract(epoch from now() - coalesce(c.shipped_at, c.status_since)) / 3600)::int as hours,
      trim_scale(s.under_way)::text as quantity, s.value::numeric(20, 2)::text as value,
      trim_scale(s.missing)::text as missing, s.missing_value::numeric(20, 2)::text as "missingValue"
    from placed c join summed s on s.consignment_id = c.id
    left join mirror.outlet source on source.id = c.from_id
    left join mirror.supplier seller on seller.id = c.from_id
    left join mirror.outlet target on target.id = c.to_id
    left join mirror.supplier taker on taker.id = c.to_id
    order by since, c.id
    limit 5000`.execute(db)
  return rows
}
