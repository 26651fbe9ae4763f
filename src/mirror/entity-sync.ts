import type { Database } from '../db/database.ts'
import type { Lightspeed } from '../lightspeed/client.ts'
import type { Entity } from './entity.ts'
import { walkNested } from './nested.ts'
import { onlyOf } from './parts.ts'
import { versionAt, type RunEntityRow, type RunRow } from './runs.store.ts'
import { markComplete, readState } from './state.store.ts'
import type { Storing } from './storing.ts'
import { walkByVersion } from './walk.ts'
import { readWhole } from './whole.ts'

export type EntitySync = {
  database: Database
  lightspeed: Lightspeed
  entity: Entity
  run: RunRow
  progress: RunEntityRow
  signal: AbortSignal
  onWait: (error: unknown) => void
}

/** Brings one entity up to date within a run, going on where the run, or the run before, left off. */
export async function syncEntity(sync: EntitySync): Promise<void> {
  const { database, lightspeed, entity, run, progress, signal, onWait } = sync
  const { db } = database
  const state = await readState(db, entity)
  const only = await onlyOf(db, run, entity)
  const after = await startOf(sync, only ? 0 : state.cursor)
  const limit = run.row_limit === null ? undefined : run.row_limit - progress.fetched
  const storing: Storing = {
    database,
    entity,
    runId: run.id,
    cause: state.isComplete ? 'sync' : 'backfill',
    movesCursor: !only && after <= state.cursor,
    signal,
    onWait,
  }
  if (limit !== undefined && limit <= 0) return
  const startedAt = run.started_at ?? run.created_at
  if (entity.walk === 'whole') await readWhole({ ...storing, lightspeed })
  if (entity.walk === 'nested') await walkNested({ ...storing, lightspeed, limit, startedAt, all: run.is_full })
  const walked =
    entity.walk === 'version'
      ? await walkByVersion({ ...storing, lightspeed, after, limit, only })
      : { reachedEnd: limit === undefined }
  if (walked.reachedEnd && storing.movesCursor) await markComplete(db, entity)
}

/** A full or dated reading keeps its own place in its run; any other goes on at the entity's cursor. */
async function startOf({ database, entity, run, progress }: EntitySync, cursor: number): Promise<number> {
  if (entity.walk !== 'version') return 0
  if (run.is_full) return progress.cursor ?? 0
  if (run.since === null && run.part === null) return cursor
  if (progress.cursor !== null) return progress.cursor
  if (run.since === null) return 0
  return /^\d+$/.test(run.since) ? Number(run.since) : versionAt(database.db, entity.table, new Date(run.since))
}
