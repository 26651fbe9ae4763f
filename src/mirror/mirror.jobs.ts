import type { Job } from '../jobs/handler.ts'
import { removeAll } from '../ops/cleaning.actions.ts'
import { keptDays } from '../ops/retention.rules.ts'
import { ensureHistoryPartitions } from './history.store.ts'
import { lookByPace, lookSoon } from './looking.actions.ts'
import { pacingOf } from './pacing.ts'
import { requestRun, scheduledBy } from './runs.actions.ts'
import { pruneQuietRuns } from './runs.store.ts'

/** Of the months that come: who looks after Consign has so long to notice that nothing makes them any more. */
const monthsAhead = 3

/** Asks for a run of the sync engine: by the clock for what is due, for webhooks for what they named, else for all of it. */
export async function syncMirror({ id, args, context, house }: Job<'mirror.sync'>) {
  const { how, entities } = args
  if (how === 'by_pace') return lookByPace(context, { id, entities }, pacingOf(house))
  if (how === 'soon') return lookSoon(context, { id, entities })
  await requestRun({ ...context, actor: { ...context.actor, id: scheduledBy } }, { id, entities })
}

/** History partitions made ahead, and runs and comparisons that nobody will ask for any more removed. */
export async function pruneMirror({ context, signal }: Job<'mirror.prune'>) {
  const { db } = context.database
  await ensureHistoryPartitions(db, monthsAhead)
  await pruneQuietRuns(db, scheduledBy)
  await removeAll(db, 'runs', keptDays.runs, signal)
  await removeAll(db, 'reconciliations', keptDays.reconciliations, signal)
}
