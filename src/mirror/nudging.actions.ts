import type { Db } from '../db/database.ts'
import { enqueue } from '../jobs/queue.ts'
import { markNudged } from './pace.store.ts'

/** So long a look waits for more reasons to look: a storm of webhooks costs a look now and then, not one each. */
const gatherMs = 2_000
/** So long until one is tried again whose entity was being read. */
const againMs = 10_000

/** Has these entities read soon, in the caller's transaction. While a look at the same ones waits, none is added. */
export async function nudge(tx: Db, entities: readonly string[], correlationId: string) {
  await markNudged(tx, entities)
  await lookIn(tx, entities, { correlationId, inMs: gatherMs })
}

/** The same once more, a little later. */
export async function nudgeAgain(tx: Db, entities: readonly string[], correlationId: string) {
  await lookIn(tx, entities, { correlationId, inMs: againMs })
}

async function lookIn(
  tx: Db,
  entities: readonly string[],
  { correlationId, inMs }: { correlationId: string; inMs: number },
) {
  const startAfter = new Date(Date.now() + inMs)
  const args = { entities: [...entities], how: 'soon' as const }
  await enqueue(tx, 'mirror.sync', args, { key: `nudge ${entities.join(' ')}`, startAfter, correlationId })
}
