import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Arrival = {
  id: string
  number: string
  type: string
  status: string
  supplier_id: string | null
  source_outlet_id: string | null
  reference: string | null
  due_at: Date | null
  delivery_id: string | null
  line_id: string
  product_id: string
  expected: string
  counted: string
  open: string
}

const most = 50

/**
 * Orders and transfers on their way to an outlet, or being received there, that have one of these products: first what is being
 * received, then what still lacks it, what is due first, the oldest first.
 */
export async function listArrivals(db: Db, outletId: string, productIds: readonly string[]): Promise<Arrival[]> {
  const { rows } = await sql<Arrival>`
    with arrival as (
      select c.id, c.number, c.type, c.status, c.supplier_id, c.source_outlet_id, c.reference, c.due_at, c.created_at,
        d.id as delivery_id, l.id as line_id, l.product_id,
        case when c.type = 'OUTLET_TRANSFER'
          and exists (select from consignment_line p where p.consignment_id = c.id and p.packed > 0)
          then l.packed else l.quantity end as expected,
        coalesce((select sum(quantity) from scan_event s
          where s.consignment_id = c.id and s.product_id = l.product_id), 0) as counted
      from consignment_line l
      join consignment c on c.id = l.consignment_id
      left join delivery d on d.consignment_id = c.id and d.completed_at is null
      where l.product_id = any(${productIds}::text[]) and c.outlet_id = ${outletId}
        and c.type in ('PURCHASE_ORDER', 'OUTLET_TRANSFER') and c.status in ('SENT', 'RECEIVING', 'PARTIAL')
    )
    select *, greatest(expected - counted, 0) as open from arrival
    order by expected > counted desc, status = 'RECEIVING' desc, due_at nulls last, created_at, id
    limit ${most}`.execute(db)
  return rows
}
