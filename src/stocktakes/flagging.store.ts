import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Flag = { productId: string; outletId: string | null; reason: string | null }

export type FlagRow = Flag & { sku: string | null; name: string | null; flaggedBy: string; flaggedAt: Date }

/** What somebody wants counted soon, the newest first; of one outlet what is wanted there or everywhere. */
export async function listFlags(db: Db, outletId: string | null, limit: number): Promise<FlagRow[]> {
  const { rows } = await sql<FlagRow>`
    select flag.product_id as "productId", flag.outlet_id as "outletId", flag.reason, product.sku,
      coalesce(product.variant_name, product.name) as name, flag.flagged_by as "flaggedBy", flag.flagged_at as "flaggedAt"
    from count_flag as flag left join mirror.product on product.id = flag.product_id
    where ${outletId}::text is null or flag.outlet_id is null or flag.outlet_id = ${outletId}
    order by flag.flagged_at desc, flag.product_id limit ${limit}`.execute(db)
  return rows
}

/** Flags it, or says anew why and when. */
export async function saveFlag(tx: Db, { productId, outletId, reason }: Flag, by: string): Promise<void> {
  await sql`
    insert into count_flag (product_id, outlet_id, reason, flagged_by) values (${productId}, ${outletId}, ${reason}, ${by})
    on conflict (product_id, coalesce(outlet_id, '')) do update
      set reason = excluded.reason, flagged_by = excluded.flagged_by, flagged_at = clock_timestamp()`.execute(tx)
}

/** Whether there was one. */
export async function deleteFlag(tx: Db, { productId, outletId }: Omit<Flag, 'reason'>): Promise<boolean> {
  const { rows } = await sql`
    delete from count_flag where product_id = ${productId} and outlet_id is not distinct from ${outletId}
    returning product_id`.execute(tx)
  return rows.length > 0
}

/** What was counted at an outlet is no longer wanted there. */
export async function deleteCountedFlags(tx: Db, consignmentId: string, outletId: string): Promise<void> {
  await sql`
    delete from count_flag as flag using consignment_line as line
    where line.consignment_id = ${consignmentId} and line.received is not null
      and flag.product_id = line.product_id and flag.outlet_id = ${outletId}`.execute(tx)
}
