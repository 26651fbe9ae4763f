import { must, type Context } from '../context.ts'
import { runEntityView } from './runs.actions.ts'
import { countRejected, listDrift, listLastRuns, listRejected, listStates } from './status.store.ts'
import { entities, entityNamed } from './tables.ts'

export type SyncStatus = Awaited<ReturnType<typeof readSyncStatus>>

/** How true the mirror is: of each entity its rows, how far it was read, and how old the last complete look is. */
export async function readSyncStatus({ database: { db }, actor }: Context, now: Date) {
  must(actor, 'sync:read')
  const [states, lastRuns, rejected] = await Promise.all([listStates(db), listLastRuns(db), countRejected(db)])
  return {
    entities: entities.map(({ name }) => {
      const state = states.find(({ entity }) => entity === name)
      const lastRun = lastRuns.find(({ entity }) => entity === name)
      return {
        entity: name,
        rows: state?.row_count ?? 0,
        cursor: state?.cursor ?? 0,
        lagSeconds: lagOf(state?.last_complete_at ?? null, now),
        rejected: rejected.get(name) ?? 0,
        lastRun: lastRun ? { id: lastRun.run_id, ...runEntityView(lastRun) } : null,
      }
    }),
  }
}

export async function readRejected(
  { database, actor }: Context,
  name: string,
  page: { before: number | undefined; limit: number },
) {
  must(actor, 'sync:read')
  const { name: entity } = entityNamed(name)
  const rows = await listRejected(database.db, entity, page)
  const last = rows.length === page.limit ? rows.at(-1)?.id : undefined
  return {
    data: rows.map((row) => ({
      id: row.id,
      recordId: row.record_id,
      reason: row.reason,
      payload: row.payload,
      firstSeenAt: row.first_seen_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      timesSeen: row.times_seen,
    })),
    next: last === undefined ? null : String(last),
  }
}

/** Fields that Lightspeed sends and the mirror's columns do not know, or could not read. The rows' raw keeps them. */
export async function readDrift({ database, actor }: Context) {
  must(actor, 'sync:read')
  const rows = await listDrift(database.db)
  return {
    data: rows.map(({ entity, field, kind, example, record_id: recordId, first_seen_at: firstSeenAt }) => ({
      entity,
      field,
      kind,
      example,
      recordId,
      firstSeenAt: firstSeenAt.toISOString(),
    })),
  }
}

function lagOf(lastComplete: Date | null, now: Date): number | null {
  return lastComplete ? Math.max(0, Math.round((now.getTime() - lastComplete.getTime()) / 1000)) : null
}
