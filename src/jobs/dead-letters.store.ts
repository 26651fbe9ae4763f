import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { storableJson } from '../mirror/copy-text.ts'
import { deadLetterQueue } from './boss.ts'
import type { Place } from './place.ts'

export type DeadLetterRow = {
  id: string
  kind: string | null
  data: unknown
  output: unknown
  retries: number | null
  job_id: string | null
  order: string | null
  enqueued_at: Date | null
  failed_at: Date
  place: Place
}

export type DeadLetterFilter = { kind?: string | undefined; ids?: readonly string[] | undefined }

const columns = sql`id, source_name as kind, data, coalesce(source_output, output) as output, source_retry_count as retries,
  source_id as job_id, group_id as "order", source_created_on as enqueued_at, created_on as failed_at,
  json_build_object('at', created_on::text, 'id', id) as place`

/** Newest first, below a place. */
export async function listDeadLetters(
  db: Db,
  { kind }: DeadLetterFilter,
  { below, limit }: { below: Place | undefined; limit: number },
): Promise<DeadLetterRow[]> {
  const { rows } = await sql<DeadLetterRow>`
    select ${columns} from pgboss.job
    where name = ${deadLetterQueue} and (${kind ?? null}::text is null or source_name = ${kind ?? null})
      and (${below?.at ?? null}::timestamptz is null or (created_on, id) < (${below?.at ?? null}, ${below?.id ?? null}::uuid))
    order by created_on desc, id desc limit ${limit}`.execute(db)
  return rows
}

/** How many there are, and when the last one came. */
export async function readDead(db: Db): Promise<{ total: number; newest: Date | null }> {
  const { rows } = await sql<{ total: number; newest: Date | null }>`
    select count(*) as total, max(created_on) as newest from pgboss.job where name = ${deadLetterQueue}`.execute(db)
  return rows[0] ?? { total: 0, newest: null }
}

export async function findDeadLetter(db: Db, id: string): Promise<DeadLetterRow | undefined> {
  const { rows } = await sql<DeadLetterRow>`
    select ${columns} from pgboss.job where name = ${deadLetterQueue} and id = ${id}`.execute(db)
  return rows[0]
}

/** Oldest first; locked, so that two people who ask for the same retry cause one. */
export async function lockDeadLetters(
  db: Db,
  { kind, ids }: DeadLetterFilter,
  limit: number,
): Promise<DeadLetterRow[]> {
  const { rows } = await sql<DeadLetterRow>`
    select ${columns} from pgboss.job
    where name = ${deadLetterQueue} and (${kind ?? null}::text is null or source_name = ${kind ?? null})
      and (${ids ?? null}::uuid[] is null or id = any(${ids ?? null}::uuid[]))
    order by created_on, id limit ${limit} for update`.execute(db)
  return rows
}

export async function saveParcel(db: Db, id: string, parcel: object) {
  await sql`
    update pgboss.job set data = ${storableJson(parcel)}::jsonb
    where name = ${deadLetterQueue} and id = ${id}`.execute(db)
}

/** A person's retry is always a job: one that waits under the same key does not swallow it. */
export async function freeKeys(db: Db, ids: readonly string[]) {
  await sql`
    update pgboss.job set singleton_key = gen_random_uuid()::text, state = 'created'
    where name = ${deadLetterQueue} and id = any(${ids}::uuid[])`.execute(db)
}
