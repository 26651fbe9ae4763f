import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** A product as people look for it; what it costs is told elsewhere. */
export type ProductRow = {
  id: string
  sku: string | null
  name: string | null
  supplier_id: string | null
  supplier_code: string | null
  is_active: boolean
  image_url: string | null
  codes: string[]
  level: string | null
}

/** These products in this order, with their codes and, of one outlet, what it has. */
export async function listProductRows(db: Db, ids: readonly string[], outletId: string | null): Promise<ProductRow[]> {
  const { rows } = await sql<ProductRow>`
    select p.id, p.sku, coalesce(p.variant_name, p.name) as name, p.supplier_id, p.supplier_code,
      coalesce(p.is_active, p.active, true) as is_active, coalesce(p.image_thumbnail_url, p.image_url) as image_url,
      array(select c.code from mirror.product_code c
        where c.product_id = p.id and c.code is not null and c.deleted_at is null order by c.position) as codes,
      (select trim_scale(i.inventory_level)::text from mirror.inventory i
        where i.product_id = p.id and i.outlet_id = ${outletId}::text and i.deleted_at is null limit 1) as level
    from unnest(${ids}::text[]) with ordinality wanted (id, position) join mirror.product p on p.id = wanted.id
    order by wanted.position`.execute(db)
  return rows
}

export async function hasProduct(db: Db, id: string): Promise<boolean> {
  const found = await db
    .selectFrom('mirror.product')
    .select('id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return found !== undefined
}
