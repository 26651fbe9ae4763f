import { sql } from 'kysely'
import type { Status } from '../consignments/lifecycle.rules.ts'
import type { Db } from '../db/database.ts'
import type { Candidate, Pick } from './daily.rules.ts'

/** Nobody else makes a list of this outlet until the transaction is over. */
export async function lockDaily(tx: Db, outletId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('daily count of ' || ${outletId}, 0))`.execute(tx)
}

export type Daily = { id: string; number: string; status: Status }

/** The list of an outlet's day; undefined where there is none. */
export async function findDaily(db: Db, outletId: string, day: string): Promise<Daily | undefined> {
  const { rows } = await sql<Daily>`
    select c.id, c.number, c.status from stocktake as s join consignment as c on c.id = s.consignment_id
    where s.daily_outlet_id = ${outletId} and s.daily_on = ${day}::date`.execute(db)
  return rows[0]
}

/** Lists of days before that nobody has begun. */
export async function listStaleDaily(db: Db, outletId: string, day: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from stocktake as s join consignment as c on c.id = s.consignment_id
    where s.daily_outlet_id = ${outletId} and s.daily_on < ${day}::date and c.status = 'OPEN'
    order by s.daily_on`.execute(db)
  return rows.map(({ id }) => id)
}

export type NewDaily = { id: string; outletId: string; day: string; seed: string }

/** Says of a document which day's list it is, and of each product why it is on it. */
export async function saveDaily(tx: Db, { id, outletId, day, seed }: NewDaily, picks: readonly Pick[]) {
  await sql`
    insert into stocktake (consignment_id, daily_outlet_id, daily_on, seed)
    values (${id}, ${outletId}, ${day}::date, ${seed})`.execute(tx)
  await sql`
    insert into stocktake_pick (consignment_id, product_id, why)
    select ${id}, product_id, why
    from unnest(${picks.map(({ productId }) => productId)}::text[], ${picks.map(({ why }) => why)}::text[])
      as given (product_id, why)`.execute(tx)
}

/** Why each product is on a list of a day; nothing of other documents. */
export async function listPicks(db: Db, consignmentId: string): Promise<Pick[]> {
  const { rows } = await sql<Pick>`
    select pick.product_id as "productId", pick.why from stocktake_pick as pick
    left join consignment_line as line on line.consignment_id = pick.consignment_id and line.product_id = pick.product_id
    where pick.consignment_id = ${consignmentId} order by line.position, pick.product_id`.execute(db)
  return rows
}

/** Keeps what products cost now, and when that changed; what is seen for the first time has not changed. */
export async function keepPrices(tx: Db): Promise<void> {
  await sql`
    insert into count_price as kept (product_id, price)
    select id, coalesce(price_including_tax, price_excluding_tax) from mirror.product where deleted_at is null
    on conflict (product_id) do update set price = excluded.price, changed_at = clock_timestamp()
      where kept.price is distinct from excluded.price`.execute(tx)
}

type Measure = 'level' | 'reorderPoint' | 'unitCost' | 'sold'

/** A candidate with its numbers as the database writes them. */
export type CandidateRow = Omit<Candidate, Measure> & Record<Measure, string>

/**
 * What an outlet keeps and can count, and is not being counted there now. So that a list does not bring the same shelves
 * every day, what was counted in the last 28 days rests. Prices are new for a week.
 */
export async function listCandidates(db: Db, outletId: string, seed: string): Promise<CandidateRow[]> {
  const { rows } = await sql<CandidateRow>`
    with sold as (
      select line.product_id, sum(line.quantity) as quantity
      from mirror.sale as sale join mirror.sale_line_item as line on line.sale_id = sale.id
      where sale.outlet_id = ${outletId} and sale.sale_date >= now() - interval '28 days' and sale.deleted_at is null
        and line.deleted_at is null and coalesce(sale.status, '') not in ('SAVED', 'PARKED', 'VOIDED')
      group by line.product_id
    ), count_here as (
      select c.id, c.status, coalesce(p.accepted_at, c.status_since) as at from consignment as c
      left join stocktake_posting as p on p.consignment_id = c.id
      where c.type = 'STOCKTAKE' and c.outlet_id = ${outletId}
        and c.status in ('RECEIVING', 'RECEIVED', 'CLOSED', 'ARCHIVED')
    ), counted as (
      select line.product_id, max(count_here.at) filter (where line.received is not null) as at,
        bool_or(count_here.status in ('RECEIVING', 'RECEIVED')) as is_under_way
      from count_here join consignment_line as line on line.consignment_id = count_here.id group by line.product_id
    ), flag as (
      select product_id, max(flagged_at) as at from count_flag
      where outlet_id is null or outlet_id = ${outletId} group by product_id
    )
    select product.id as "productId", coalesce(held.inventory_level, 0)::numeric(14, 5)::text as level,
      coalesce(held.reorder_point, 0)::numeric(14, 5)::text as "reorderPoint",
      coalesce(nullif(held.average_cost, 0), product.supply_price, 0)::numeric(14, 5)::text as "unitCost",
      coalesce(sold.quantity, 0)::numeric(14, 5)::text as sold,
      coalesce(flag.at > coalesce(counted.at, '-infinity'), false) as "isFlagged",
      case when price.changed_at > now() - interval '7 days' then price.changed_at end as "repricedAt",
      counted.at as "countedAt", coalesce(counted.at < now() - interval '28 days', true) as "isRested",
      md5(${seed} || ' ' || product.id) as draw
    from mirror.inventory as held join mirror.product as product on product.id = held.product_id
    left join sold on sold.product_id = product.id
    left join counted on counted.product_id = product.id
    left join flag on flag.product_id = product.id
    left join count_price as price on price.product_id = product.id
    where held.outlet_id = ${outletId} and held.deleted_at is null and product.deleted_at is null
      and coalesce(product.is_active, product.active, true) and product.has_inventory is not false
      and product.is_composite is not true and not coalesce(counted.is_under_way, false)`.execute(db)
  return rows
}
