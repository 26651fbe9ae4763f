import { sql, type Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { SyncRun, SyncRunEntity } from '../db/schema.ts'

export type NewRun = {
  id: string
  requestedBy: string
  correlationId: string
  entities: readonly string[]
  full: boolean
  since: string | undefined
  limit: number | undefined
  part?: object | undefined
}

export type RunRow = Selectable<SyncRun>
export type RunEntityRow = Selectable<SyncRunEntity>

/** Answers whether it is new: a run that was asked for twice stays as it is. */
export async function insertRun(db: Db, { entities, ...run }: NewRun): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('sync_run')
    .values({
      id: run.id,
      requested_by: run.requestedBy,
      correlation_id: run.correlationId,
      is_full: run.full,
      since: run.since ?? null,
      row_limit: run.limit ?? null,
      part: run.part ? JSON.stringify(run.part) : null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) return false
  await db
    .insertInto('sync_run_entity')
    .values(entities.map((entity, position) => ({ run_id: run.id, entity, position })))
    .execute()
  return true
}

export async function findRun(db: Db, id: string): Promise<(RunRow & { entities: RunEntityRow[] }) | undefined> {
  const run = await db.selectFrom('sync_run').selectAll().where('id', '=', id).executeTakeFirst()
  if (!run) return undefined
  const entities = await db
    .selectFrom('sync_run_entity')
    .selectAll()
    .where('run_id', '=', id)
    .orderBy('position')
    .execute()
  return { ...run, entities }
}

/** Runs that nobody has finished, oldest first: new ones, and ones whose process died. */
export async function listUnfinishedRuns(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('sync_run')
    .select('id')
    .where('finished_at', 'is', null)
    .orderBy('created_at')
    .execute()
  return rows.map(({ id }) => id)
}

/** Takes up a run; entities that a dead process left in the middle go back to waiting, with what they have stored. */
export async function beginRun(db: Db, id: string) {
  await sql`update sync_run set state = 'running', started_at = coalesce(started_at, now()) where id = ${id}`.execute(
    db,
  )
  await db
    .updateTable('sync_run_entity')
    .set({ state: 'queued', note: null })
    .where('run_id', '=', id)
    .where('state', '=', 'running')
    .execute()
}

export async function beginEntity(db: Db, runId: string, entity: string) {
  await sql`
    update sync_run_entity set state = 'running', started_at = coalesce(started_at, now()), error = null, error_code = null
    where run_id = ${runId} and entity = ${entity}`.execute(db)
}

/** What the entities at work are waiting for, in words for the person who watches; null when they go on. */
export async function noteWait(db: Db, runId: string, note: string | null) {
  await db
    .updateTable('sync_run_entity')
    .set({ note })
    .where('run_id', '=', runId)
    .where('state', '=', 'running')
    .execute()
}

export async function finishEntity(db: Db, runId: string, entity: string, failure?: { message: string; code: string }) {
  await db
    .updateTable('sync_run_entity')
    .set({
      state: failure ? 'failed' : 'done',
      error: failure?.message ?? null,
      error_code: failure?.code ?? null,
      note: null,
      finished_at: sql`now()`,
    })
    .where('run_id', '=', runId)
    .where('entity', '=', entity)
    .execute()
}

/** Done when each entity is; failed when one of them failed. */
export async function finishRun(db: Db, id: string) {
  await sql`
    update sync_run set finished_at = now(), state = case when exists (
      select from sync_run_entity where run_id = ${id} and state = 'failed') then 'failed' else 'done' end
    where id = ${id}`.execute(db)
}

/** Scheduled looks that found nothing are not worth keeping for longer than an hour. */
export async function pruneQuietRuns(db: Db, requestedBy: string) {
  await sql`
    delete from sync_run r where requested_by = ${requestedBy} and finished_at < now() - interval '1 hour'
      and not exists (select from sync_run_entity e where e.run_id = r.id
        and (e.inserted + e.updated + e.rejected > 0 or e.error is not null))`.execute(db)
}

/** The newest version that was already mirrored at a time: where a reading "since" then has to begin. */
export async function versionAt(db: Db, table: string, time: Date): Promise<number> {
  const { rows } = await sql<{ version: number | null }>`
    select max(version) as version from mirror.${sql.table(table)}
    where coalesce(${sql.raw(updatedAtColumns.has(table) ? 'updated_at' : 'null::timestamptz')}, synced_at) < ${time}`.execute(
    db,
  )
  return rows[0]?.version ?? 0
}

const updatedAtColumns = new Set([
  'product',
  'sale',
  'customer',
  'customer_group',
  'consignment',
  'price_book',
  'price_book_product',
  'user',
])
