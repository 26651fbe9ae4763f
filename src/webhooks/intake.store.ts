import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { planned } from '../db/planned.ts'
import { storableJson, storableText } from '../mirror/copy-text.ts'

type Door = 'lightspeed' | 'envelope' | 'courier'

/** A webhook that was let in, as it will be kept. */
export type Arrival = {
  door: Door
  carrier: string | null
  type: string
  senderEventId: string | null
  dedupeKey: Buffer
  isSigned: boolean
  body: Buffer
  headers: Record<string, string>
  sentAt: Date | null
  correlationId: string
  /** Whether there is anything that could be done with it. */
  isKnown: boolean
}

export type Kept = { id: number; isNew: boolean }

/** Stores many in one statement; of those with one key only the first, ever. In the order given: where each stands. */
export async function insertEvents(db: Db, arrivals: readonly Arrival[]): Promise<Kept[]> {
  const { rows: fresh } = await sql<{ id: number; key: Buffer }>`${sql.raw(planned)}
    insert into webhook_event
      (door, carrier, type, sender_event_id, dedupe_key, is_signed, body, headers, sent_at, correlation_id, state)
    select * from unnest(
      ${column(arrivals, ({ door }) => door)}::text[],
      ${column(arrivals, ({ carrier }) => carrier)}::text[],
      ${column(arrivals, ({ type }) => storableText(type))}::text[],
      ${column(arrivals, ({ senderEventId }) => senderEventId && storableText(senderEventId))}::text[],
      ${column(arrivals, ({ dedupeKey }) => dedupeKey)}::bytea[],
      ${column(arrivals, ({ isSigned }) => isSigned)}::boolean[],
      ${column(arrivals, ({ body }) => body)}::bytea[],
      ${column(arrivals, ({ headers }) => storableJson(headers))}::jsonb[],
      ${column(arrivals, ({ sentAt }) => sentAt)}::timestamptz[],
      ${column(arrivals, ({ correlationId }) => correlationId)}::text[],
      ${column(arrivals, ({ isKnown }) => (isKnown ? 'waiting' : 'unknown'))}::text[]
    ) as arrival (door, carrier, type, sender_event_id, dedupe_key, is_signed, body, headers, sent_at, correlation_id, state)
    order by dedupe_key
    on conflict (dedupe_key) do nothing
    returning id, dedupe_key as key`.execute(db)
  return places(db, arrivals, new Map(fresh.map(({ id, key }) => [key.toString('hex'), id])))
}

async function places(db: Db, arrivals: readonly Arrival[], fresh: Map<string, number>): Promise<Kept[]> {
  const keys = arrivals.map(({ dedupeKey }) => dedupeKey.toString('hex'))
  const older = arrivals.filter((_, at) => !fresh.has(keys[at] ?? '')).map(({ dedupeKey }) => dedupeKey)
  const known = older.length === 0 ? [] : await findByKeys(db, older)
  const ids = new Map([...known.map(({ id, key }) => [key.toString('hex'), id] as const), ...fresh])
  return keys.map((key, at) => ({ id: ids.get(key) ?? 0, isNew: fresh.has(key) && keys.indexOf(key) === at }))
}

function findByKeys(db: Db, keys: readonly Buffer[]): Promise<{ id: number; key: Buffer }[]> {
  return db.selectFrom('webhook_event').select(['id', 'dedupe_key as key']).where('dedupe_key', 'in', keys).execute()
}

function column<Value>(arrivals: readonly Arrival[], valueOf: (arrival: Arrival) => Value): Value[] {
  return arrivals.map(valueOf)
}
