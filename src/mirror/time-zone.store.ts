import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** The time zone of most of the retailer's outlets; UTC while none is known. */
export async function readTimeZone(db: Db): Promise<string> {
  const { rows } = await sql<{ zone: string }>`
    select time_zone as zone from mirror.outlet where deleted_at is null and time_zone <> ''
    group by time_zone order by count(*) desc, time_zone limit 1`.execute(db)
  const zone = rows[0]?.zone
  return zone !== undefined && isTimeZone(zone) ? zone : 'UTC'
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
