import type { Job } from '../jobs/handler.ts'
import { removeAll } from '../ops/cleaning.actions.ts'
import { keptDays } from '../ops/retention.rules.ts'

/** Forgets calls to Lightspeed after 90 days. */
export async function pruneCallLog({ house, signal }: Job<'lightspeed.prune'>) {
  await removeAll(house.database.db, 'calls', keptDays.calls, signal)
}
