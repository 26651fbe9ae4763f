import { sql, type Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Alert } from '../db/schema.ts'

export type AlertRow = Selectable<Alert>

type Found = { rule: string; cause: string; severity: string; message: string }

/** Opens an alert for each that has none open, and notes of the others that they are still so. Returns those opened. */
export async function openAlerts(tx: Db, found: readonly Found[]): Promise<AlertRow[]> {
  const { rows } = await sql<AlertRow & { is_new: boolean }>`
    insert into alert (rule, cause, severity, message)
    select * from unnest(${found.map(({ rule }) => rule)}::text[], ${found.map(({ cause }) => cause)}::text[],
      ${found.map(({ severity }) => severity)}::text[], ${found.map(({ message }) => message)}::text[])
    on conflict (rule, cause) where resolved_at is null
      do update set last_seen_at = now(), message = excluded.message
    returning *, (xmax = 0) as is_new`.execute(tx)
  return rows.filter(({ is_new: isNew }) => isNew)
}

/** Resolves the open alerts that are not among those found. Returns them. */
export async function resolveOthers(tx: Db, found: readonly Found[]): Promise<AlertRow[]> {
  const { rows } = await sql<AlertRow>`
    update alert set resolved_at = now() where resolved_at is null and (rule, cause) not in (
      select * from unnest(${found.map(({ rule }) => rule)}::text[], ${found.map(({ cause }) => cause)}::text[]))
    returning *`.execute(tx)
  return rows
}

export async function hasOpenAlert(db: Db, rule: string): Promise<boolean> {
  const row = await db
    .selectFrom('alert')
    .select('id')
    .where('rule', '=', rule)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export type AlertState = 'open' | 'resolved' | 'all'

/** Newest first; `before` is the last one of the page before. */
export async function listAlerts(
  db: Db,
  { state, before, limit }: { state: AlertState; before: number | undefined; limit: number },
): Promise<AlertRow[]> {
  let query = db.selectFrom('alert').selectAll().orderBy('id', 'desc').limit(limit)
  if (state !== 'all') query = query.where('resolved_at', state === 'open' ? 'is' : 'is not', null)
  if (before !== undefined) query = query.where('id', '<', before)
  return query.execute()
}

export async function findAlert(db: Db, id: number): Promise<AlertRow | undefined> {
  return db.selectFrom('alert').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function lockAlert(tx: Db, id: number): Promise<AlertRow | undefined> {
  return tx.selectFrom('alert').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function acknowledge(tx: Db, id: number, by: string): Promise<AlertRow> {
  return tx
    .updateTable('alert')
    .set({ acknowledged_at: sql`now()`, acknowledged_by: by })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Of each rule how many alerts are open. */
export async function countOpenAlerts(db: Db): Promise<{ rule: string; count: number }[]> {
  const { rows } = await sql<{ rule: string; count: number }>`
    select rule, count(*) as count from alert where resolved_at is null group by 1`.execute(db)
  return rows
}

/** Forgets at most so many of the alerts that were resolved so many days ago. Returns how many went. */
export async function pruneAlerts(db: Db, days: number, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from alert where id in (
      select id from alert where resolved_at < now() - make_interval(days => ${days}) order by id limit ${most})`.execute(
    db,
  )
  return Number(numAffectedRows)
}
