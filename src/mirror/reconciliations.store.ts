import { sql, type Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Reconciliation, ReconciliationDifference, ReconciliationEntity } from '../db/schema.ts'
import type { Counts } from './comparing.store.ts'
import type { Compared, Judged } from './reconciling.rules.ts'

export type ReconciliationRow = Selectable<Reconciliation>
export type PartRow = Selectable<ReconciliationEntity>
export type DifferenceRow = Selectable<ReconciliationDifference>

export type NewReconciliation = {
  id: string
  requestedBy: string
  correlationId: string
  entities: readonly string[]
  isDryRun: boolean
}

/** Answers whether it is new; while another is not finished there is none. */
export async function insertReconciliation(db: Db, { entities, ...one }: NewReconciliation): Promise<boolean> {
  const values = {
    id: one.id,
    requested_by: one.requestedBy,
    correlation_id: one.correlationId,
    is_dry_run: one.isDryRun,
  }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('reconciliation')
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return false
  const parts = entities.map((entity, position) => ({ reconciliation_id: one.id, entity, position }))
  await db.insertInto('reconciliation_entity').values(parts).execute()
  return true
}

/** One whose job is lost for good stands in the way of no other. */
export async function endSilent(db: Db, silentMinutes: number) {
  await sql`
    update reconciliation set state = 'failed', finished_at = now()
    where finished_at is null and alive_at < now() - make_interval(mins => ${silentMinutes})`.execute(db)
}

export async function findUnfinished(db: Db): Promise<string | undefined> {
  const row = await db.selectFrom('reconciliation').select('id').where('finished_at', 'is', null).executeTakeFirst()
  return row?.id
}

export async function findReconciliation(db: Db, id: string) {
  const row = await db.selectFrom('reconciliation').selectAll().where('id', '=', id).executeTakeFirst()
  return row && { ...row, parts: await listParts(db, [id]) }
}

/** Newest first, `before` (a time) exclusive. */
export async function listReconciliations(db: Db, { before, limit }: { before: Date | undefined; limit: number }) {
  const rows = await db
    .selectFrom('reconciliation')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('created_at', '<', before ?? new Date(0)))
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
  const parts = await listParts(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => Object.assign(row, { parts: parts.filter(({ reconciliation_id: id }) => id === row.id) }))
}

async function listParts(db: Db, ids: readonly string[]): Promise<PartRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('reconciliation_entity')
    .selectAll()
    .where('reconciliation_id', 'in', ids)
    .orderBy('position')
    .execute()
}

type DifferencePage = { entity: string | undefined; after: number | undefined; limit: number }

export async function listDifferences(
  db: Db,
  id: string,
  { entity, after, limit }: DifferencePage,
): Promise<DifferenceRow[]> {
  return db
    .selectFrom('reconciliation_difference')
    .selectAll()
    .where('reconciliation_id', '=', id)
    .$if(entity !== undefined, (query) => query.where('entity', '=', entity ?? ''))
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? 0))
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function beginReconciliation(db: Db, id: string) {
  await sql`
    update reconciliation set state = 'running', started_at = coalesce(started_at, now()), alive_at = now()
    where id = ${id} and finished_at is null`.execute(db)
}

/** How far the sync has read is noted once, when the comparison begins. Answers nothing for what was never read whole. */
export async function beginPart(db: Db, id: string, entity: string): Promise<PartRow | undefined> {
  const { rows } = await sql<PartRow>`
    update reconciliation_entity e set state = 'running', started_at = coalesce(e.started_at, now()),
      synced_to = case when e.started_at is null then s.cursor else e.synced_to end
    from sync_state s where e.reconciliation_id = ${id} and e.entity = ${entity} and s.entity = e.entity
      and s.first_complete_at is not null
    returning e.*`.execute(db)
  return rows[0]
}

/** Adds what a page came to, in its transaction. */
export async function addCompared(
  db: Db,
  { id, entity }: { id: string; entity: string },
  page: { cursor: number; compared: number; differences: number; explained: number; repaired: number },
) {
  await sql`
    update reconciliation_entity set cursor = greatest(cursor, ${page.cursor}), compared = compared + ${page.compared},
      differences = differences + ${page.differences}, explained = explained + ${page.explained}, repaired = repaired + ${page.repaired}
    where reconciliation_id = ${id} and entity = ${entity}`.execute(db)
  await sql`update reconciliation set alive_at = now() where id = ${id}`.execute(db)
}

export type Difference = Compared & Judged & { isRepaired: boolean }

/** Notes differences one by one, until there are `most` of an entity. */
export async function insertDifferences(
  db: Db,
  { id, entity, most }: { id: string; entity: string; most: number },
  differences: readonly Difference[],
) {
  if (differences.length === 0) return
  const { count } = await db
    .selectFrom('reconciliation_difference')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('reconciliation_id', '=', id)
    .where('entity', '=', entity)
    .executeTakeFirstOrThrow()
  const values = differences.slice(0, Math.max(0, most - count)).map((one) => ({
    reconciliation_id: id,
    entity,
    record_id: one.recordId,
    kind: one.kind,
    explanation: one.explanation,
    fields: one.fields,
    levels: one.levels === null ? null : JSON.stringify(one.levels),
    mirror_version: one.mirrorVersion,
    lightspeed_version: one.lightspeedVersion,
    is_repaired: one.isRepaired,
  }))
  if (values.length > 0) await db.insertInto('reconciliation_difference').values(values).execute()
}

export async function finishPart(
  db: Db,
  id: string,
  entity: string,
  end: { state: 'done' | 'failed' | 'skipped'; error?: string; counts?: Counts },
) {
  const { state, error, counts } = end
  await db
    .updateTable('reconciliation_entity')
    .set({
      state,
      error: error ?? null,
      finished_at: sql`now()`,
      ...(counts ? { lightspeed_rows: counts.lightspeedRows, mirror_rows: counts.mirrorRows } : {}),
    })
    .where('reconciliation_id', '=', id)
    .where('entity', '=', entity)
    .execute()
}

export async function finishReconciliation(db: Db, id: string) {
  await sql`
    update reconciliation set finished_at = now(), state = case when exists (
      select from reconciliation_entity where reconciliation_id = ${id} and state = 'failed') then 'failed' else 'done' end
    where id = ${id} and finished_at is null`.execute(db)
}
