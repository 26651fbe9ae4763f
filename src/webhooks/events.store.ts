import { sql, type Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { WebhookEvent } from '../db/schema.ts'
import { storableText } from '../mirror/copy-text.ts'

export type EventRow = Selectable<WebhookEvent>
/** Without its bytes. */
export type EventLine = Omit<EventRow, 'body' | 'headers' | 'dedupe_key'>

const lineColumns = [
  'id',
  'door',
  'carrier',
  'type',
  'sender_event_id',
  'is_signed',
  'sent_at',
  'received_at',
  'correlation_id',
  'state',
  'attempts',
  'outcome',
  'error',
  'finished_at',
  'replays',
] as const

export async function findEvent(db: Db, id: number): Promise<EventRow | undefined> {
  return db.selectFrom('webhook_event').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Whoever else works on this event waits until this transaction is over. */
export async function lockEvent(db: Db, id: number): Promise<EventRow | undefined> {
  return db.selectFrom('webhook_event').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export type Wishes = {
  type: string | undefined
  state: string | undefined
  door: string | undefined
  /** Exclusive: events older than this one. */
  before: number | undefined
  limit: number
}

/** Newest first. */
export async function listEvents(db: Db, { type, state, door, before, limit }: Wishes): Promise<EventLine[]> {
  return db
    .selectFrom('webhook_event')
    .select(lineColumns)
    .$if(type !== undefined, (query) => query.where('type', '=', type ?? ''))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? ''))
    .$if(door !== undefined, (query) => query.where('door', '=', door ?? ''))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Events that nobody has finished, oldest first. */
export async function listUnfinished(db: Db, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('webhook_event')
    .select('id')
    .where('state', 'in', ['waiting', 'failed'])
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

export async function markProcessed(db: Db, id: number, outcome: string) {
  await db
    .updateTable('webhook_event')
    .set({
      state: 'processed',
      outcome: storableText(outcome),
      error: null,
      finished_at: sql`now()`,
      attempts: sql`attempts + 1`,
    })
    .where('id', '=', id)
    .execute()
}

/** Once it was processed, a late failure of somebody else changes nothing. */
export async function markFailed(db: Db, id: number, error: string) {
  await db
    .updateTable('webhook_event')
    .set({ state: 'failed', error: storableText(error), finished_at: sql`now()`, attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .where('state', '!=', 'processed')
    .execute()
}

export async function markWaiting(db: Db, id: number) {
  await db
    .updateTable('webhook_event')
    .set({ state: 'waiting', error: null, replays: sql`replays + 1` })
    .where('id', '=', id)
    .execute()
}

export type Count = { door: string; type: string; state: string; events: number; last: Date }

export async function countEvents(db: Db): Promise<Count[]> {
  return db
    .selectFrom('webhook_event')
    .select(({ fn }) => ['door', 'type', 'state', fn.countAll<number>().as('events'), fn.max('received_at').as('last')])
    .groupBy(['door', 'type', 'state'])
    .orderBy('door')
    .orderBy('type')
    .orderBy('state')
    .execute()
}

export type Arrivals = { newest: number | null; last: Date | null }

/** The webhook that came last. */
export async function readArrivals(db: Db): Promise<Arrivals> {
  const { rows } = await sql<Arrivals>`
    select max(id) as newest, (select received_at from webhook_event order by id desc limit 1) as last from webhook_event`.execute(
    db,
  )
  return rows[0] ?? { newest: null, last: null }
}

/** How many are in each state: all that are unfinished, and what came to its end of those of the last so many hours. */
export async function countStates(db: Db, hours: number): Promise<{ state: string; events: number }[]> {
  const { rows } = await sql<{ state: string; events: number }>`
    select state, count(*) as events from webhook_event where state in ('waiting', 'failed') group by state
    union all
    select state, count(*) from webhook_event
    where state in ('processed', 'unknown') and received_at > now() - ${hours} * interval '1 hour' group by state`.execute(
    db,
  )
  return rows
}
