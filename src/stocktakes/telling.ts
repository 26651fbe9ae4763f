import type { Head } from '../consignments/consignments.store.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { batchSize, requestOf } from './adjusting.rules.ts'
import { plainQuantity } from './counting.rules.ts'
import { findPosting, listWanted } from './posting.store.ts'

/** What Lightspeed is still to be told of a count; or why it is told nothing. */
export async function requestsToCome(db: Db, head: Head) {
  if (!(await findPosting(db, head.id))) return { requests: [], outOfReach: [whyNothing] }
  const open = (await listWanted(db, head.id)).filter(({ remoteId }) => remoteId === null)
  const lines = open.map(({ productId, quantity, reason }) => ({
    productId,
    quantity: plainQuantity(quantity),
    reason,
  }))
  const batches = Array.from({ length: Math.ceil(lines.length / batchSize) }, (_, at) =>
    requestOf(head.outlet_id, lines.slice(at * batchSize, (at + 1) * batchSize)),
  )
  return { requests: batches, outOfReach: [] }
}

/** Throws a Refusal (422) for a count that nobody has posted. */
export async function mustBePosted(db: Db, head: Head) {
  if (await findPosting(db, head.id)) return
  throw new Refusal('not_lawful', 'push_not_possible', `${head.number}: ${whyNothing}`)
}

const whyNothing =
  'Lightspeed is told nothing of a count before a person has posted what a simulation showed; a count is never made there'
