import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { deadLetterQueue } from './boss.ts'

/** How the jobs of an order stand. `isDead`: one lies among the dead letters, and holds back those behind it. */
export type OrderStanding = { order: string; isDead: boolean; isWaiting: boolean }

/** Of these orders; those without a job that waits, runs or lies among the dead letters are none of either. */
export async function standingOfOrders(db: Db, orders: readonly string[]): Promise<OrderStanding[]> {
  const { rows } = await sql<OrderStanding>`
    select given as "order", coalesce(bool_or(name = ${deadLetterQueue}), false) as "isDead",
      coalesce(bool_or(name <> ${deadLetterQueue}), false) as "isWaiting"
    from unnest(${orders}::text[]) given left join pgboss.job on group_id = given and state <= 'active'
    group by given`.execute(db)
  return rows
}

/** The dead letters of an order, locked. */
export async function lockDeadOf(tx: Db, order: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from pgboss.job where name = ${deadLetterQueue} and group_id = ${order} for update`.execute(tx)
  return rows.map(({ id }) => id)
}
