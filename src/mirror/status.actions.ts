import { must, type Context } from '../context.ts'
import { pageOf } from '../kernel/page.ts'
import { planLooks, type Pacing } from './looking.actions.ts'
import type { Why } from './pace.rules.ts'
import { runEntityView } from './runs.actions.ts'
import { countRejected, listDrift, listLastRuns, listRejected, listStates } from './status.store.ts'
import { entities, entityNamed } from './tables.ts'

export type SyncStatus = Awaited<ReturnType<typeof readSyncStatus>>

/** How true the mirror is: of each entity its rows, how far it was read, and how old the last complete look is. */
export async function readSyncStatus({ database, actor }: Context, now: Date, pacing: Pacing) {
  must(actor, 'sync:read')
  const { db } = database
  const names = entities.map(({ name }) => name)
  const [states, lastRuns, rejected, looks] = await Promise.all([
    listStates(db),
    listLastRuns(db),
    countRejected(db),
    planLooks({ database }, names, pacing),
  ])
  return {
    entities: entities.map(({ name }) => {
      const state = states.find(({ entity }) => entity === name)
      const lastRun = lastRuns.find(({ entity }) => entity === name)
      const { nextLookAt, pace } = paceView(looks, name)
      return {
        entity: name,
        rows: state?.row_count ?? 0,
        cursor: state?.cursor ?? 0,
        lagSeconds: lagOf(state?.last_complete_at ?? null, now),
        rejected: rejected.get(name) ?? 0,
        nextLookAt,
        pace,
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
  const view = (row: (typeof rows)[number]) => ({
    id: row.id,
    recordId: row.record_id,
    reason: row.reason,
    payload: row.payload,
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    timesSeen: row.times_seen,
  })
  return pageOf(rows, page.limit, { view, after: (last) => String(last.id) })
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

type PaceView = { nextLookAt: string | null; pace: { everySeconds: number; why: Why } | null }

/** When the clock has it looked at next, no earlier than; null while it is being read, or nobody looks by the clock. */
function paceView({ plan, isByClock }: Awaited<ReturnType<typeof planLooks>>, name: string): PaceView {
  const planned = plan.find(({ entity }) => entity === name)
  if (!planned || !isByClock) return { nextLookAt: null, pace: null }
  const { at, everySeconds, why } = planned.look
  return { nextLookAt: planned.isRunning ? null : at.toISOString(), pace: { everySeconds, why } }
}

function lagOf(lastComplete: Date | null, now: Date): number | null {
  return lastComplete ? Math.max(0, Math.round((now.getTime() - lastComplete.getTime()) / 1000)) : null
}
