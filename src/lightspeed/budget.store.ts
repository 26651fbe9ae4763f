import { sql, type Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { LightspeedBudget } from '../db/schema.ts'
import type { Budget } from './budget.rules.ts'

const clock = sql<Date>`clock_timestamp()`.as('now')

/** Times are milliseconds of the database's clock. */
export type Change<Result> = (budget: Budget, now: number) => { budget: Budget; result: Result }

/** Changes a retailer's budget while no other process does; `begin` makes that of a retailer never seen before. */
export function changeBudget<Result>(
  db: Db,
  retailer: string,
  begin: (now: number) => Budget,
  change: Change<Result>,
): Promise<Result> {
  return db.transaction().execute(async (tx) => {
    if (!(await lockBudget(tx, retailer))) {
      const { now } = await tx.selectNoFrom(clock).executeTakeFirstOrThrow()
      await insertBudget(tx, retailer, begin(now.getTime()))
      await lockBudget(tx, retailer)
    }
    const { now, ...row } = await tx
      .selectFrom('lightspeed_budget')
      .selectAll()
      .select(clock)
      .where('retailer', '=', retailer)
      .executeTakeFirstOrThrow()
    const { budget, result } = change(budgetOf(row), now.getTime())
    await tx.updateTable('lightspeed_budget').set(rowOf(budget)).where('retailer', '=', retailer).execute()
    return result
  })
}

/** How a retailer's budget stands, with the time by the database's clock; undefined while nobody has asked Lightspeed. */
export async function findBudget(db: Db, retailer: string): Promise<{ budget: Budget; now: number } | undefined> {
  const found = await db
    .selectFrom('lightspeed_budget')
    .selectAll()
    .select(clock)
    .where('retailer', '=', retailer)
    .executeTakeFirst()
  if (!found) return undefined
  const { now, ...row } = found
  return { budget: budgetOf(row), now: now.getTime() }
}

async function lockBudget(tx: Db, retailer: string): Promise<boolean> {
  const locked = await tx
    .selectFrom('lightspeed_budget')
    .select('retailer')
    .where('retailer', '=', retailer)
    .forUpdate()
    .executeTakeFirst()
  return locked !== undefined
}

async function insertBudget(tx: Db, retailer: string, budget: Budget) {
  await tx
    .insertInto('lightspeed_budget')
    .values({ retailer, ...rowOf(budget) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function budgetOf(row: Selectable<LightspeedBudget>): Budget {
  return {
    limit: row.request_limit,
    limitSource: row.limit_source === 'header' || row.limit_source === 'registers' ? row.limit_source : 'guess',
    limitSeenAt: row.limit_seen_at.getTime(),
    windowNumber: row.window_number,
    endsAt: row.window_ends_at.getTime(),
    granted: row.granted,
    remaining: row.remaining,
    probeUntil: row.probe_until?.getTime() ?? null,
    blockedUntil: row.blocked_until?.getTime() ?? null,
  }
}

function rowOf(budget: Budget) {
  return {
    request_limit: budget.limit,
    limit_source: budget.limitSource,
    limit_seen_at: new Date(budget.limitSeenAt),
    window_number: budget.windowNumber,
    window_ends_at: new Date(budget.endsAt),
    granted: budget.granted,
    remaining: budget.remaining,
    probe_until: budget.probeUntil === null ? null : new Date(budget.probeUntil),
    blocked_until: budget.blockedUntil === null ? null : new Date(budget.blockedUntil),
  }
}
