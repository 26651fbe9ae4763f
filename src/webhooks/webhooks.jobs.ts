import type { Job } from '../jobs/handler.ts'
import { removeAll } from '../ops/cleaning.actions.ts'
import { keptDays } from '../ops/retention.rules.ts'
import { processEvent } from './processing.actions.ts'

/** What the worker does with a webhook that a door let in. */
export async function processWebhook({ args, house }: Job<'webhooks.process'>) {
  await processEvent(house.database, Number(args.eventId))
}

/** Forgets webhooks after 90 days. */
export async function pruneWebhooks({ house, signal }: Job<'webhooks.prune'>) {
  await removeAll(house.database.db, 'webhooks', keptDays.webhooks, signal)
}
