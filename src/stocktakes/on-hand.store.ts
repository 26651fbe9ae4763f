import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** A product at a time. */
export type Moment = { productId: string; at: Date }

/**
 * What the mirror knows of the stock of a product around a time. Between two changes a level stays as it is, so the next
 * change after the time tells what it was: `next` is null where there was none, and then it is what it is now.
 */
export type Surroundings = {
  level: string
  next: { before: string; after: string; at: Date } | null
}

/** In the order of the moments. */
export async function listSurroundings(db: Db, outletId: string, moments: readonly Moment[]): Promise<Surroundings[]> {
  const { rows } = await sql<{
    level: string
    before: string | null
    after: string | null
    changedAt: Date | null
  }>`
    select coalesce(held.inventory_level, 0)::text as level,
      case when next.recorded_at is not null then coalesce(next.level_before, 0)::text end as before,
      coalesce(next.level_after, 0)::text as after, next.recorded_at as "changedAt"
    from unnest(${moments.map(({ productId }) => productId)}::text[], ${moments.map(({ at }) => at)}::timestamptz[])
      with ordinality as asked (product_id, at, place)
    left join lateral (
      select inventory_level from mirror.inventory
      where inventory.product_id = asked.product_id and inventory.outlet_id = ${outletId} and deleted_at is null limit 1
    ) as held on true
    left join lateral (
      select level_before, level_after, recorded_at from mirror.product_qty_history as change
      where change.product_id = asked.product_id and change.outlet_id = ${outletId} and change.recorded_at > asked.at
      order by change.recorded_at, change.id limit 1
    ) as next on true
    order by asked.place`.execute(db)
  return rows.map(({ level, before, after, changedAt }) => ({
    level,
    next: changedAt === null || before === null || after === null ? null : { before, after, at: changedAt },
  }))
}

export type Sold = { productId: string; at: Date; quantity: string }

/** What was sold of products since a time, by the clock of the tills; what came back is below zero. */
export async function listSold(
  db: Db,
  outletId: string,
  { productIds, since }: { productIds: readonly string[]; since: Date },
): Promise<Sold[]> {
  if (productIds.length === 0) return []
  const { rows } = await sql<Sold>`
    select line.product_id as "productId", sale.sale_date as at, sum(line.quantity)::text as quantity
    from mirror.sale as sale join mirror.sale_line_item as line on line.sale_id = sale.id
    where sale.sale_date >= ${since} and sale.outlet_id = ${outletId} and sale.deleted_at is null
      and line.deleted_at is null and coalesce(sale.status, '') not in ('SAVED', 'PARKED', 'VOIDED')
      and line.product_id = any(${productIds}::text[]) and line.quantity <> 0
    group by line.product_id, sale.sale_date, sale.id order by sale.sale_date`.execute(db)
  return rows
}
