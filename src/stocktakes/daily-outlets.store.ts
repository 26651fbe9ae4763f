import { sql } from 'kysely'
import type { Status } from '../consignments/lifecycle.rules.ts'
import type { Db } from '../db/database.ts'

/** How an outlet has its lists; without a row of its own as all have them. */
export type DailySetting = { isOn: boolean; products: number; goalPercent: number }

export type DailyOutlet = DailySetting & { id: string; name: string | null; timeZone: string }

/** All outlets, or the one that is named, with how they have their lists. */
export async function listDailyOutlets(db: Db, outletId: string | null = null): Promise<DailyOutlet[]> {
  const { rows } = await sql<DailyOutlet>`
    select outlet.id, outlet.name, coalesce(outlet.time_zone, '') as "timeZone", coalesce(own.is_on, true) as "isOn",
      coalesce(own.products, 20) as products, coalesce(own.goal_percent, 95)::float8 as "goalPercent"
    from mirror.outlet left join daily_count as own on own.outlet_id = outlet.id
    where outlet.deleted_at is null and (${outletId}::text is null or outlet.id = ${outletId})
    order by outlet.name, outlet.id`.execute(db)
  return rows
}

export async function saveDailySetting(
  tx: Db,
  outletId: string,
  { isOn, products, goalPercent }: DailySetting,
  by: string,
) {
  const said = { is_on: isOn, products, goal_percent: goalPercent, changed_by: by }
  await tx
    .insertInto('daily_count')
    .values({ outlet_id: outletId, ...said })
    .onConflict((at) => at.column('outlet_id').doUpdateSet({ ...said, changed_at: sql<Date>`clock_timestamp()` }))
    .execute()
}

export type Accuracy = { outletId: string; lists: number; counted: number; within: number }

/** Of the lists that were posted in the last so many days: lines that were counted, and those within tolerance. */
export async function listAccuracy(db: Db, days: number): Promise<Accuracy[]> {
  const { rows } = await sql<Accuracy>`
    select s.daily_outlet_id as "outletId", count(*)::int as lists, sum(seen.counted)::int as counted,
      sum(round(seen.counted * coalesce(seen.percent, 0) / 100))::int as within
    from stocktake as s join stocktake_posting as p on p.consignment_id = s.consignment_id
    join stocktake_simulation as made on made.id = p.simulation_id
    cross join lateral (select (made.totals ->> 'counted')::numeric as counted,
      (made.totals ->> 'accuracyPercent')::numeric as percent) as seen
    where s.daily_on is not null and p.accepted_at > now() - ${days} * interval '1 day'
    group by s.daily_outlet_id`.execute(db)
  return rows
}

export type LastDaily = { outletId: string; id: string; number: string; status: Status; day: string }

/** The newest list of each outlet. */
export async function listLastDaily(db: Db): Promise<LastDaily[]> {
  const { rows } = await sql<LastDaily>`
    select distinct on (s.daily_outlet_id) s.daily_outlet_id as "outletId", c.id, c.number, c.status,
      s.daily_on::text as day
    from stocktake as s join consignment as c on c.id = s.consignment_id
    where s.daily_on is not null order by s.daily_outlet_id, s.daily_on desc`.execute(db)
  return rows
}

/** Outlets that have their list of a day already, as `outlet day`. */
export async function listMade(db: Db, days: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ made: string }>`
    select daily_outlet_id || ' ' || daily_on::text as made from stocktake
    where daily_on = any(${days}::date[])`.execute(db)
  return new Set(rows.map(({ made }) => made))
}
