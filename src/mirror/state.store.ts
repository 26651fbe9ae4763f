import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { storableJson } from './copy-text.ts'
import type { Entity } from './entity.ts'
import { stageOf, type Merged } from './merge.store.ts'
import type { Drift } from './drift.ts'
import type { Refused } from './reading.ts'

export type State = { cursor: number; isComplete: boolean }

export async function readState(db: Db, entity: Entity): Promise<State> {
  const row = await db
    .selectFrom('sync_state')
    .select(['cursor', 'first_complete_at'])
    .where('entity', '=', entity.name)
    .executeTakeFirst()
  return { cursor: row?.cursor ?? 0, isComplete: row?.first_complete_at != null }
}

/** Moves an entity's cursor, never backwards, and counts its rows: in the transaction that stored them. */
export async function advance(db: Db, entity: Entity, moved: { cursor: number; inserted: number }) {
  await sql`
    insert into sync_state (entity, cursor, row_count) values (${entity.name}, ${moved.cursor}, ${moved.inserted})
    on conflict (entity) do update set
      cursor = greatest(sync_state.cursor, excluded.cursor), row_count = sync_state.row_count + excluded.row_count
  `.execute(db)
}

/** The whole collection has been read up to now. */
export async function markComplete(db: Db, entity: Entity) {
  await sql`
    insert into sync_state (entity, first_complete_at, last_complete_at) values (${entity.name}, now(), now())
    on conflict (entity) do update set
      first_complete_at = coalesce(sync_state.first_complete_at, now()), last_complete_at = now()
  `.execute(db)
}

/** Where entities stand, held still until the transaction ends. */
export async function lockCursors(db: Db, entityNames: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('sync_state')
    .select(['entity', 'cursor'])
    .where('entity', 'in', entityNames)
    .orderBy('entity')
    .forUpdate()
    .execute()
  return new Map(rows.map(({ entity, cursor }) => [entity, cursor]))
}

/** Forgets how far an entity was read, so that the next sync reads it from the start. Rows stay. */
export async function resetCursor(db: Db, entityNames: readonly string[]) {
  await db.updateTable('sync_state').set({ cursor: 0 }).where('entity', 'in', entityNames).execute()
  await db.deleteFrom('sync_nested').where('entity', 'in', entityNames).execute()
}

export async function putAside(db: Db, entity: Entity, refused: readonly Refused[]) {
  if (refused.length === 0) return
  const distinct = new Map(refused.map((one) => [payloadHash(one).toString('hex'), one]))
  const values = [...distinct.values()].map((one) => ({
    entity: entity.name,
    record_id: one.recordId,
    reason: one.reason,
    payload: storableJson(one.source),
    payload_hash: payloadHash(one),
  }))
  await db
    .insertInto('mirror.rejected')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['entity', 'payload_hash']).doUpdateSet({
        reason: (eb) => eb.ref('excluded.reason'),
        last_seen_at: sql`now()`,
        times_seen: sql`mirror.rejected.times_seen + 1`,
        resolved_at: null,
      }),
    )
    .execute()
}

/** A record that could be stored at last, with what was staged last in this transaction, is no longer a rejected one. */
export async function settleRejected(db: Db, entity: Entity) {
  const open = await db
    .selectFrom('mirror.rejected')
    .select('id')
    .where('entity', '=', entity.name)
    .where('resolved_at', 'is', null)
    .where('record_id', 'is not', null)
    .limit(1)
    .execute()
  if (open.length === 0) return
  const key = sql.join(entity.key.map((column) => sql`s.${sql.ref(column)}`))
  await sql`
    update mirror.rejected r set resolved_at = now() from ${sql.raw(stageOf(entity))} s
    where r.entity = ${entity.name} and r.resolved_at is null and r.record_id = concat_ws(' ', ${key})`.execute(db)
}

export async function noteDrift(db: Db, entity: Entity, drift: readonly Drift[]) {
  if (drift.length === 0) return
  const values = drift.map(({ recordId, ...rest }) => ({ ...rest, entity: entity.name, record_id: recordId }))
  await db
    .insertInto('schema_drift')
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export type Progress = Merged & { cursor: number | null; pages: number; fetched: number; rejected: number }

/** Adds a stored batch to what its run has to show for itself. */
export async function addProgress(db: Db, runId: string, entity: Entity, progress: Progress) {
  await sql`
    update sync_run_entity set
      cursor = coalesce(${progress.cursor}::bigint, cursor),
      pages = pages + ${progress.pages}, fetched = fetched + ${progress.fetched},
      inserted = inserted + ${progress.inserted}, updated = updated + ${progress.updated},
      unchanged = unchanged + ${progress.unchanged}, rejected = rejected + ${progress.rejected}
    where run_id = ${runId} and entity = ${entity.name}`.execute(db)
}

function payloadHash({ source }: Refused): Buffer {
  return createHash('sha256').update(storableJson(source)).digest()
}
