import type { Job } from '../jobs/handler.ts'
import { ensureHistoryPartitions } from './history.store.ts'
import { requestRun, scheduledBy } from './runs.actions.ts'
import { listUnfinishedRuns, pruneQuietRuns } from './runs.store.ts'

const monthsAhead = 3

/** Asks for a run of the sync engine; a look by the clock leaves it while one is still going: the next look finds all. */
export async function syncMirror({ id, args, context }: Job<'mirror.sync'>) {
  if (args.skipWhileBusy && (await listUnfinishedRuns(context.database.db)).length > 0) return
  await requestRun({ ...context, actor: { ...context.actor, id: scheduledBy } }, { id, entities: args.entities })
}

/** History partitions made ahead, and runs that nobody will ask for any more removed. */
export async function pruneMirror({ context }: Job<'mirror.prune'>) {
  await ensureHistoryPartitions(context.database.db, monthsAhead)
  await pruneQuietRuns(context.database.db, scheduledBy)
}
