import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { inTransaction } from '#src/db/transaction.ts'
import { enqueue } from '#src/jobs/queue.ts'
import type { Bridge } from './bridging.ts'
import { until } from './workers.ts'

/** Scans what came into a delivery of its own, and ends it. */
export async function receive(
  { api, move }: Bridge,
  id: string,
  { to, ...arrived }: { to: 'PARTIAL' | 'RECEIVED'; [product: string]: string },
) {
  const deliveries = api.api.v1.consignments[':id'].deliveries
  const begun = await deliveries.$post({ param: { id }, json: { id: randomUUID() } })
  assert.ok(begun.ok, 'a delivery is begun')
  const scans = Object.entries(arrived).map(([productId, quantity]) => ({ id: randomUUID(), productId, quantity }))
  const param = { id, deliveryId: (await begun.json()).id }
  assert.equal((await deliveries[':deliveryId'].scans.$post({ param, json: { scans } })).status, 200)
  await move(id, to)
}

/** A day goes by, and the clock looks what has waited for its rest. */
export async function aDayLater({ db, database }: Bridge, id: string) {
  await sql`update consignment set status_since = status_since - interval '25 hours' where id = ${id}`.execute(db)
  await inTransaction(database, ({ db: tx }) => enqueue(tx, 'lightspeed.take-in', {}))
  await until(async () => {
    const { rows } =
      await sql`select from consignment_leg where consignment_id = ${id} and take_in_at is not null`.execute(db)
    return rows.length > 0
  })
}

/** The legs of a document, the first one first. */
export async function legsOf({ api }: Bridge, id: string) {
  const told = await api.api.v1.consignments[':id'].lightspeed.$get({ param: { id } })
  return (await told.json()).legs
}

/** What each leg is in Lightspeed: its status, and what of each product is expected there and has come. */
export async function legsThere(bridge: Bridge, id: string) {
  const remotes = new Map((await bridge.remotes()).map((remote) => [remote.id, remote]))
  const legs = (await legsOf(bridge, id)).flatMap(({ remoteId }) => remotes.get(remoteId ?? '') ?? [])
  return Promise.all(legs.map(async ({ id: remoteId, status }) => [status].concat(await linesOf(bridge, remoteId))))
}

/** Of each product, in the order of their ids: expected and received. */
async function linesOf(bridge: Bridge, remoteId: string) {
  const lines = await bridge.linesThere(remoteId)
  return lines
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ count, received }) => `${count}: ${received}`)
}
