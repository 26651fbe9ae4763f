import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** Whether somebody has switched writing on or off for a retailer; undefined where nobody did. */
export async function findWriting(db: Db, origin: string) {
  return db.selectFrom('lightspeed_writing').selectAll().where('origin', '=', origin).executeTakeFirst()
}

export async function saveWriting(tx: Db, origin: string, isOn: boolean, by: string): Promise<void> {
  const change = { is_on: isOn, changed_by: by, changed_at: sql<Date>`clock_timestamp()` }
  await tx
    .insertInto('lightspeed_writing')
    .values({ origin, ...change })
    .onConflict((at) => at.column('origin').doUpdateSet(change))
    .execute()
}
