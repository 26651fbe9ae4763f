import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { ThereProduct } from './product-fields.rules.ts'

/** A product as the mirror has it, as far as it can be changed; undefined where it is gone. */
export async function findMirrored(db: Db, id: string): Promise<(ThereProduct & { version: number }) | undefined> {
  const { rows } = await sql<ThereProduct & { version: number }>`
    select name, sku, description, is_active, active, supply_price::text, price_including_tax::text, price_excluding_tax::text,
      supplier_id, supplier_code, brand_id, version,
      coalesce((select json_agg(json_build_object('type', upper(coalesce(type, 'CUSTOM')), 'code', coalesce(code, '')) order by position)
        from mirror.product_code where product_id = p.id and deleted_at is null), '[]') as codes,
      coalesce((select json_agg(json_build_object('supplier_id', supplier_id, 'code', coalesce(code, ''), 'price', coalesce(price, 0)::text) order by position)
        from mirror.product_supplier where product_id = p.id and deleted_at is null), '[]') as suppliers
    from mirror.product p where id = ${id} and deleted_at is null`.execute(db)
  return rows[0]
}

export type Reference = 'supplier' | 'brand'

export async function hasReference(db: Db, table: Reference, id: string): Promise<boolean> {
  const { rows } =
    await sql`select from ${sql.table(`mirror.${table}`)} where id = ${id} and deleted_at is null`.execute(db)
  return rows.length > 0
}
