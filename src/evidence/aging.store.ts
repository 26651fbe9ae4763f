import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** Archives what is so many days old, at most so many rows. Returns their ids. */
export async function archiveOld(tx: Db, { days, most }: { days: number; most: number }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update evidence set archived_at = now() where id in (
      select id from evidence
      where created_at < now() - make_interval(days => ${days}) and archived_at is null and erased_at is null
        and removed_at is null
      order by created_at limit ${most} for update skip locked)
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** A document whose goods are still argued about keeps all its photos, however old. */
const isSettled = sql`not exists (
  select from discrepancy_case c where c.consignment_id = e.consignment_id and c.outcome is null)`

/**
 * Lets go of files that were archived for so many days, or removed 30 days ago; the rows stay. Returns ids and files. At
 * most so many rows.
 */
export async function eraseOld(tx: Db, { days, most }: { days: number; most: number }) {
  const { rows } = await sql<{ id: string; sha256: string }>`
    update evidence set file = null, erased_at = now() where id in (
      select id from evidence e
      where erased_at is null and ${isSettled}
        and (archived_at < now() - make_interval(days => ${days}) or removed_at < now() - interval '30 days')
      order by created_at limit ${most} for update skip locked)
    returning id, sha256`.execute(tx)
  return rows
}

/** Tickets that ended a day ago; which photo came by which stands with the photo. */
export async function deleteEndedTickets(db: Db) {
  await sql`delete from evidence_ticket where expires_at < now() - interval '1 day'`.execute(db)
}
