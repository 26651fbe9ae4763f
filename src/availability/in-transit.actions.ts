import { holdsAt, must, outletsOf, type Actor, type Context } from '../context.ts'
import { listUnderWay, type UnderWay } from './in-transit.store.ts'
import { lanesOf, type Lane } from './lanes.rules.ts'

/** As many of a lane are shown one by one, the oldest first. */
const mostDocuments = 100

/** What is under way, by lane: how much, what it is worth to who may know, and for how long. */
export async function readInTransit({ database: { db }, actor }: Context, outletId: string | undefined) {
  must(actor, 'consignments:read')
  const theirs = outletsOf(actor, 'consignments:read')
  const asked = outletId === undefined ? theirs : [outletId].filter((id) => theirs === undefined || theirs.includes(id))
  const lanes = lanesOf(await listUnderWay(db, asked))
  return { data: lanes.map((lane) => laneView(lane, actor)), next: null }
}

function laneView({ documents, hours, ...lane }: Lane<UnderWay>, actor: Actor) {
  const ends = [lane.fromId, lane.toId].flatMap((id) => id ?? [])
  const seesCosts = holdsAt(actor, 'costs:read', ends)
  const money = (amount: string) => (seesCosts ? { amount, currency: lane.currency } : null)
  return {
    type: lane.type,
    from: { id: lane.fromId, name: lane.fromName },
    to: { id: lane.toId, name: lane.toName },
    quantity: lane.quantity,
    value: money(lane.value),
    missing: lane.missing,
    missingValue: money(lane.missingValue),
    oldestHours: hours,
    count: documents.length,
    documents: documents.slice(0, mostDocuments).map((one) => ({
      id: one.id,
      number: one.number,
      status: one.status,
      since: one.since.toISOString(),
      hours: one.hours,
      quantity: one.quantity,
      value: money(one.value),
      missing: one.missing,
      missingValue: money(one.missingValue),
    })),
  }
}
