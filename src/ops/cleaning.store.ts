import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../db/database.ts'
import type { OurAging } from './retention.rules.ts'

/** Of each its table, its key, and which rows are over since how long. What somebody may still work on is never among them. */
const aging: Record<
  OurAging,
  { table: RawBuilder<unknown>; key: RawBuilder<unknown>; since: RawBuilder<unknown>; isOver: RawBuilder<unknown> }
> = {
  webhooks: {
    table: sql`webhook_event`,
    key: sql`id`,
    since: sql`received_at`,
    isOver: sql`(state in ('processed', 'unknown') or received_at < now() - interval '90 days')`,
  },
  calls: { table: sql`lightspeed_call`, key: sql`id`, since: sql`at`, isOver: sql`true` },
  runs: { table: sql`sync_run`, key: sql`id`, since: sql`finished_at`, isOver: sql`finished_at is not null` },
  reconciliations: {
    table: sql`reconciliation`,
    key: sql`id`,
    since: sql`finished_at`,
    isOver: sql`finished_at is not null`,
  },
}

export async function countOld(db: Db, what: OurAging, days: number): Promise<number> {
  const { table, since, isOver } = aging[what]
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${table} where ${since} < now() - make_interval(days => ${days}) and ${isOver}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** At most so many, the oldest first. Returns how many went. */
export async function removeOld(db: Db, what: OurAging, days: number, most: number): Promise<number> {
  const { table, key, since, isOver } = aging[what]
  const { numAffectedRows = 0n } = await sql`
    delete from ${table} where (${key}) in (
      select ${key} from ${table} where ${since} < now() - make_interval(days => ${days}) and ${isOver}
      order by ${since} limit ${most})`.execute(db)
  return Number(numAffectedRows)
}
