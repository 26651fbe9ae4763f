import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Address = { origin: string; registeredAt: Date; checkedAt: Date | null; problem: string | null }

export async function findAddress(db: Db): Promise<Address | undefined> {
  const columns = ['origin', 'registered_at as registeredAt', 'checked_at as checkedAt', 'problem'] as const
  return db.selectFrom('webhook_address').select(columns).executeTakeFirst()
}

export async function keepAddress(db: Db, origin: string, registeredBy: string) {
  await db
    .insertInto('webhook_address')
    .values({ origin, registered_by: registeredBy, checked_at: sql`now()` })
    .onConflict((conflict) =>
      conflict.column('only_row').doUpdateSet({
        origin,
        registered_by: registeredBy,
        registered_at: sql`now()`,
        checked_at: sql`now()`,
        problem: null,
      }),
    )
    .execute()
}

/** What the last look at Lightspeed's list of hooks found; null when all was as it should be. */
export async function noteCheck(db: Db, problem: string | null) {
  await db
    .updateTable('webhook_address')
    .set({ checked_at: sql`now()`, problem })
    .execute()
}
