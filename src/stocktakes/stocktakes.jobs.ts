import type { Job } from '../jobs/handler.ts'
import { makeDueLists } from './listing-daily.actions.ts'

/** One in the night has come somewhere. */
export async function makeDailyLists({ context, signal }: Job<'stocktakes.daily-lists'>) {
  await makeDueLists(context, { now: new Date(), signal })
}
