import type { Job } from '../jobs/handler.ts'
import { processEvent } from './processing.actions.ts'
import { deleteOldEvents } from './events.store.ts'

/** What the worker does with a webhook that a door let in. */
export async function processWebhook({ args, house }: Job<'webhooks.process'>) {
  await processEvent(house.database, Number(args.eventId))
}

const keepDays = 90
const bundle = 5_000

/** Forgets webhooks after 90 days, bundle by bundle, so that no transaction grows long. */
export async function pruneWebhooks({ house, signal }: Job<'webhooks.prune'>) {
  while (!signal.aborted && (await deleteOldEvents(house.database.db, keepDays, bundle)) === bundle);
}
