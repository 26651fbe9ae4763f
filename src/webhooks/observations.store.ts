import type { Db } from '../db/database.ts'
import { storableJson, storableText } from '../mirror/copy-text.ts'

export type Observation = { consignmentId: string; what: 'sent' | 'received'; data: unknown; observedAt: Date }

/** Kept once for each webhook, however often that is replayed. */
export async function insertObservation(db: Db, eventId: number, observation: Observation) {
  const { consignmentId, what, data, observedAt } = observation
  await db
    .insertInto('consignment_observation')
    .values({
      webhook_event_id: eventId,
      consignment_id: storableText(consignmentId),
      what,
      observed_at: observedAt,
      data: storableJson(data),
    })
    .onConflict((conflict) => conflict.column('webhook_event_id').doNothing())
    .execute()
}
