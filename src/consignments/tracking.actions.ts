import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { enqueue } from '../jobs/queue.ts'
import { note, withHead, type Target } from './locked.actions.ts'
import { readNumber } from './number.rules.ts'
import { knownHead } from './reading.actions.ts'
import { referencesIn, saysPickedUp } from './tracking.rules.ts'
import {
  claimCourierEvents,
  findTracked,
  insertCourierEvent,
  insertTracking,
  listPickUps,
  listTracking,
} from './tracking.store.ts'

/** Under which number a courier has it. What he said of that number before counts from now on. */
export async function trackConsignment(
  context: Context,
  target: Target,
  { carrier, reference }: { carrier: string | null; reference: string },
) {
  return withHead(context, target, {
    what: 'track',
    right: 'consignments:send',
    act: async (tx, { id }) => {
      const added = await insertTracking(tx, { consignmentId: id, carrier, reference, createdBy: context.actor.id })
      if (!added) return
      const after = { carrier, reference }
      await note(tx, context, id, { action: 'consignment.tracked', before: null, after })
      if (await claimCourierEvents(tx, { consignmentId: id, carrier, reference })) await askToSend(tx, id, context)
    },
    answer: (tx, { id, number }) => trackingView(tx, id, number),
  })
}

/** The couriers' numbers of a document, and what they said of it. */
export async function readTracking(context: Context, ref: string) {
  const { id, number } = await knownHead(context, ref)
  return trackingView(context.database.db, id, number)
}

async function trackingView(db: Db, id: string, number: string) {
  const [tracking, pickUps] = [await listTracking(db, id), await listPickUps(db, id)]
  return {
    id,
    number,
    tracking: tracking.map(({ carrier, reference }) => ({ carrier, reference })),
    pickedUp: pickUps.map((one) => ({
      carrier: one.carrier,
      reference: one.reference,
      at: one.happened_at.toISOString(),
    })),
  }
}

export type CourierLetter = {
  eventId: number
  carrier: string
  type: string
  data: unknown
  at: Date
  correlationId: string
}

/**
 * What a courier's webhook means to us, in the transaction that does it: the documents that it names are sent by a job; a
 * number that nobody knows is kept, and counts once somebody says whose it is. Answers it in words.
 */
export async function hearCourier(tx: Db, letter: CourierLetter): Promise<string> {
  const { eventId, carrier, type, data, at, correlationId } = letter
  if (!saysPickedUp(type, data)) return 'kept; it tells of no pick-up'
  const references = referencesIn(data)
  if (references.length === 0) return 'picked up, but it names nothing'
  const found = await findTracked(tx, carrier, references.map(asGiven))
  for (const { id: consignmentId, reference } of found)
    await insertCourierEvent(tx, { eventId, carrier, reference, consignmentId, at })
  if (found.length === 0) {
    for (const reference of references)
      await insertCourierEvent(tx, { eventId, carrier, reference, consignmentId: null, at })
    return `picked up, but nobody knows ${references.join(', ')}`
  }
  for (const id of new Set(found.map((one) => one.id))) await askToSend(tx, id, { correlationId })
  return `picked up: ${[...new Set(found.map(({ number }) => number))].join(', ')}`
}

async function askToSend(tx: Db, consignmentId: string, { correlationId }: Pick<Context, 'correlationId'>) {
  await enqueue(tx, 'consignments.pick-up', { consignmentId }, { key: consignmentId, correlationId })
}

function asGiven(reference: string) {
  const read = readNumber(reference)
  return { reference, number: 'number' in read ? read.number : null }
}
