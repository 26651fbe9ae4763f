import type { Job } from '../jobs/handler.ts'
import { pruneCalls } from './calls.store.ts'

const keepDays = 90
const bundle = 10_000

/** Forgets calls to Lightspeed after 90 days, bundle by bundle, so that no transaction grows long. */
export async function pruneCallLog({ house, signal }: Job<'lightspeed.prune'>) {
  while (!signal.aborted && (await pruneCalls(house.database.db, keepDays, bundle)) === bundle);
}
