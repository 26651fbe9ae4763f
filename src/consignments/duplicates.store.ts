import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Head } from './consignments.store.ts'

export type Similar = { id: string; number: string; status: string; likeness: number }

/** Products that both have, of all that either has (Jaccard). */
const leastLikeness = 0.8
const withinDays = 7
const most = 5

/** Orders to the same supplier and outlet of the last days with nearly the same products, the most alike first. */
export async function listSimilar(db: Db, { id, type, supplier_id, outlet_id }: Head): Promise<Similar[]> {
  if (type !== 'PURCHASE_ORDER') return []
  const { rows } = await sql<Similar>`
    with mine as (select product_id from consignment_line where consignment_id = ${id}),
    other as (
      select c.id, c.number, c.status, count(*) as size, count(mine.product_id) as common
      from consignment c
      join consignment_line l on l.consignment_id = c.id
      left join mine on mine.product_id = l.product_id
      where c.supplier_id = ${supplier_id} and c.created_at > now() - make_interval(days => ${withinDays})
        and c.outlet_id = ${outlet_id} and c.type = 'PURCHASE_ORDER' and c.status <> 'CANCELLED' and c.id <> ${id}
      group by c.id
    )
    select id, number, status, round(common::numeric / (size + (select count(*) from mine) - common), 2)::float8 as likeness
    from other
    where common >= ${leastLikeness}::numeric * (size + (select count(*) from mine) - common)
    order by likeness desc, number limit ${most}`.execute(db)
  return rows
}
