import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** How far the mirror has read Lightspeed's stock: whatever happens to stock from now on has a version above it. */
export async function findInventoryCursor(db: Db): Promise<number> {
  const row = await db.selectFrom('sync_state').select('cursor').where('entity', '=', 'inventory').executeTakeFirst()
  return row?.cursor ?? 0
}

export type Place = { productId: string; outletId: string }

/** What the mirror says of these places: whether product and outlet are there, and what lies there. In their order. */
export async function listStock(db: Db, places: readonly Place[]) {
  const { rows } = await sql<{ product_known: boolean; outlet_known: boolean; level: string | null }>`
    select p.id is not null as product_known, o.id is not null as outlet_known, trim_scale(i.inventory_level)::text as level
    from unnest(${places.map(({ productId }) => productId)}::text[], ${places.map(({ outletId }) => outletId)}::text[])
      with ordinality asked (product_id, outlet_id, position)
    left join mirror.product p on p.id = asked.product_id and p.deleted_at is null
    left join mirror.outlet o on o.id = asked.outlet_id and o.deleted_at is null
    left join mirror.inventory i on i.product_id = p.id and i.outlet_id = o.id and i.deleted_at is null
    order by asked.position`.execute(db)
  return rows
}
