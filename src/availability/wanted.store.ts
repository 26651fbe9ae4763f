import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** What each line of a document takes from its source: what is planned until it is packed, then what is packed. */
export async function listWanted(db: Db, { id, status }: { id: string; status: string }) {
  const { rows } = await sql<{ lineId: string; productId: string; wanted: string }>`
    select id as "lineId", product_id as "productId", trim_scale(case when ${status}::text in ('DRAFT', 'OPEN', 'PACKING', 'CANCELLED')
      then greatest(quantity, packed) else packed end)::text as wanted
    from consignment_line where consignment_id = ${id} order by position`.execute(db)
  return rows
}
