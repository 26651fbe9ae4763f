import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { enqueue } from '../jobs/queue.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  countEvents,
  countStates,
  findEvent,
  listEvents,
  listUnfinished,
  lockEvent,
  markWaiting,
  readArrivals,
  type EventLine,
  type Wishes,
} from './events.store.ts'
import { jobKeyOf } from './intake.ts'
import { dataOf, processEvent } from './processing.actions.ts'

/** Webhooks that were let in, newest first. `next` goes into `after`. */
export async function readEvents({ database, actor }: Context, wishes: Wishes) {
  must(actor, 'webhooks:read')
  const events = await listEvents(database.db, wishes)
  return pageOf(events, wishes.limit, { view: viewOf, after: (last) => String(last.id) })
}

/** One webhook with all that came: its bytes as text, its headers, what it speaks of. */
export async function readEvent({ database, actor }: Context, id: number) {
  must(actor, 'webhooks:read')
  const event = await findEvent(database.db, id)
  if (!event) throw unknown(id)
  const headers: JsonValue = plain(event.headers)
  return { ...viewOf(event), headers, body: event.body.toString('utf8'), data: plain(dataOf(event)) }
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value ?? null))
}

/** Of each kind of webhook how many there are in each state, and when the last one came. */
export async function readCounts({ database, actor }: Context) {
  must(actor, 'webhooks:read')
  const counts = await countEvents(database.db)
  return counts.map(({ door, type, state, events, last }) => ({
    door,
    type,
    state,
    events,
    lastReceivedAt: last.toISOString(),
  }))
}

const lately = 24

/** How webhooks are doing: when the last one came, what is unfinished, and what the last 24 hours came to. */
export async function readStanding({ database: { db }, actor }: Context) {
  must(actor, 'webhooks:read')
  const [{ newest, last }, counts] = await Promise.all([readArrivals(db), countStates(db, lately)])
  const of = (state: string) => counts.find((count) => count.state === state)?.events ?? 0
  return {
    newestId: newest === null ? null : String(newest),
    lastReceivedAt: last?.toISOString() ?? null,
    waiting: of('waiting'),
    failed: of('failed'),
    processedLately: of('processed'),
    unknownLately: of('unknown'),
  }
}

/** Has a webhook done again. What it carries is newest-wins, so a replay changes nothing that is already so. */
export async function replayEvent({ database, actor, correlationId }: Context, id: number) {
  must(actor, 'webhooks:run')
  return inTransaction(database, async ({ db }) => {
    const event = await lockEvent(db, id)
    if (!event) throw unknown(id)
    if (event.state === 'unknown') throw meaningless(event.type)
    await markWaiting(db, id)
    await enqueue(db, 'webhooks.process', { eventId: String(id) }, { key: jobKeyOf(id), correlationId })
    const [before, after] = [event.state, 'waiting'].map((state) => ({ state }))
    const what = { action: 'webhook_event.replayed', entity: 'webhook_event', entityId: String(id), before, after }
    await record(db, { ...what, actor: actor.id, correlationId })
    return { id: String(id), state: 'waiting' }
  })
}

/** Does at once what no worker has done yet, oldest first. Each that fails is told; the others are done all the same. */
export async function processWaiting({ database, actor, log }: Context, limit: number) {
  must(actor, 'webhooks:run')
  const done: { id: string; outcome: string }[] = []
  const failed: { id: string; error: string }[] = []
  for (const id of await listUnfinished(database.db, limit)) {
    try {
      done.push({ id: String(id), outcome: (await processEvent(database, id)).outcome })
    } catch (error) {
      log.warn({ error, webhookEvent: id }, 'A webhook could not be processed')
      failed.push({ id: String(id), error: error instanceof Error ? error.message : String(error) })
    }
  }
  return { done, failed }
}

function viewOf(event: EventLine) {
  return {
    id: String(event.id),
    door: event.door,
    carrier: event.carrier,
    type: event.type,
    eventId: event.sender_event_id,
    isSigned: event.is_signed,
    sentAt: event.sent_at?.toISOString() ?? null,
    receivedAt: event.received_at.toISOString(),
    correlationId: event.correlation_id,
    state: event.state,
    attempts: event.attempts,
    outcome: event.outcome,
    error: event.error,
    finishedAt: event.finished_at?.toISOString() ?? null,
    replays: event.replays,
  }
}

function unknown(id: number): Refusal {
  return new Refusal('not_found', 'webhook_event_unknown', `There is no webhook event ${id}; they are kept for 90 days`)
}

function meaningless(type: string): Refusal {
  return new Refusal('not_lawful', 'webhook_type_unknown', `Nothing is done with webhooks of the type ${type}`, {
    type,
  })
}
