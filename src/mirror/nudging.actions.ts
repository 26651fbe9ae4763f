import type { Db } from '../db/database.ts'
import { enqueue } from '../jobs/queue.ts'

/** So long a look waits for more reasons to look: a storm of webhooks costs a look now and then, not one each. */
const gatherMs = 2_000

/** Has these entities read soon, in the caller's transaction. While a look at the same ones waits, none is added. */
export async function nudge(tx: Db, entities: readonly string[], correlationId: string) {
  const startAfter = new Date(Date.now() + gatherMs)
  await enqueue(
    tx,
    'mirror.sync',
    { entities: [...entities] },
    { key: `nudge ${entities.join(' ')}`, startAfter, correlationId },
  )
}
