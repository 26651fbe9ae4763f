import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Calls } from './grading.rules.ts'

/** What was asked of Lightspeed in the last so many minutes. No answer at all counts as a fault of its own. */
export async function readCalls(db: Db, minutes: number): Promise<Calls> {
  const { rows } = await sql<Calls>`
    select count(*) as total, count(*) filter (where status = 429) as refusals,
      count(*) filter (where status >= 500 or failure in ('timed_out', 'unreachable')) as "serverErrors"
    from lightspeed_call where at > now() - ${minutes} * interval '1 minute'`.execute(db)
  return rows[0] ?? { total: 0, serverErrors: 0, refusals: 0 }
}

/** Webhooks that Lightspeed was asked to send to us. `lastAt` is null where none ever came. */
export type Hooks = { now: Date; lastAt: Date | null; timeZone: string }

/** Nothing where Lightspeed was never asked to send webhooks. The time zone is that of most outlets. */
export async function findHooks(db: Db): Promise<Hooks | undefined> {
  const { rows } = await sql<Hooks>`
    select now() as now,
      (select received_at from webhook_event where door = 'lightspeed' order by id desc limit 1) as "lastAt",
      coalesce((
        select time_zone from mirror.outlet where deleted_at is null and time_zone is not null
        group by 1 order by count(*) desc limit 1
      ), 'UTC') as "timeZone"
    from webhook_address`.execute(db)
  return rows[0]
}
