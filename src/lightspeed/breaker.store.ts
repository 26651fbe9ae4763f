import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { closedBreaker, type Breaker } from './breaker.rules.ts'

/** Milliseconds by the database's clock, which is the same for all processes. */
export async function readClock(db: Db): Promise<number> {
  const { now } = await db.selectNoFrom(sql<Date>`clock_timestamp()`.as('now')).executeTakeFirstOrThrow()
  return now.getTime()
}

/** A retailer's breaker as it stands; closed where it never had a failure. */
export async function readBreaker(db: Db, retailer: string): Promise<Breaker> {
  const row = await db.selectFrom('lightspeed_breaker').selectAll().where('retailer', '=', retailer).executeTakeFirst()
  if (!row) return closedBreaker
  return {
    failures: row.failures.map((at) => at.getTime()),
    openedAt: row.opened_at?.getTime() ?? null,
    openUntil: row.open_until?.getTime() ?? null,
    trialUntil: row.trial_until?.getTime() ?? null,
  }
}

/** Holds a retailer's breaker still until the transaction ends; made if there is none. */
export async function lockBreaker(tx: Db, retailer: string) {
  await tx
    .insertInto('lightspeed_breaker')
    .values({ retailer })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.selectFrom('lightspeed_breaker').select('retailer').where('retailer', '=', retailer).forUpdate().execute()
}

export async function saveBreaker(tx: Db, retailer: string, breaker: Breaker) {
  const { failures, openedAt, openUntil, trialUntil } = breaker
  await tx
    .updateTable('lightspeed_breaker')
    .set({
      failures: failures.map((at) => new Date(at)),
      opened_at: timeOf(openedAt),
      open_until: timeOf(openUntil),
      trial_until: timeOf(trialUntil),
    })
    .where('retailer', '=', retailer)
    .execute()
}

function timeOf(at: number | null): Date | null {
  return at === null ? null : new Date(at)
}
