import { sql, type Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { LightspeedWrite } from '../db/schema.ts'
import { storableJson } from '../mirror/copy-text.ts'
import type { WriteKind, WriteState } from './writes.rules.ts'

export type Write = Omit<Selectable<LightspeedWrite>, 'kind' | 'state'> & { kind: WriteKind; state: WriteState }

type NewWrite = {
  kind: WriteKind
  subjects: readonly string[]
  wish: object
  reason: string | null
  by: string
  correlationId: string
}

export async function insertWrite(
  tx: Db,
  { kind, subjects, wish, reason, by, correlationId }: NewWrite,
): Promise<Write> {
  const { rows } = await sql<Write>`
    insert into lightspeed_write (kind, subjects, wish, reason, wished_by, correlation_id)
    values (${kind}, ${subjects}, ${storableJson(wish)}::jsonb, ${reason}, ${by}, ${correlationId}) returning *`.execute(
    tx,
  )
  const [row] = rows
  if (!row) throw new Error('A wish was not stored')
  return row
}

export async function findWrite(db: Db, id: string): Promise<Write | undefined> {
  const { rows } = await sql<Write>`select * from lightspeed_write where id = ${id}`.execute(db)
  return rows[0]
}

export type WriteFilter = { kind?: WriteKind | undefined; state?: WriteState | undefined }

/** Newest first, below a place. */
export async function listWrites(
  db: Db,
  { kind, state }: WriteFilter,
  { below, limit }: { below: number | undefined; limit: number },
): Promise<Write[]> {
  const { rows } = await sql<Write>`
    select * from lightspeed_write
    where (${kind ?? null}::text is null or kind = ${kind ?? null}) and (${state ?? null}::text is null or state = ${state ?? null})
      and (${below ?? null}::bigint is null or place < ${below ?? null})
    order by place desc limit ${limit}`.execute(db)
  return rows
}

/** Earlier wishes about the same, the latest first: what they asked for is nobody else's doing. */
export async function listEarlier(db: Db, { place, subjects, kind }: Write, most: number): Promise<Write[]> {
  const { rows } = await sql<Write>`
    select * from lightspeed_write
    where place < ${place} and subjects && ${subjects} and kind = ${kind} order by place desc limit ${most}`.execute(db)
  return rows
}

/** Those that a wish waits for: earlier ones about the same, and any that is at work. Until the transaction ends nobody else begins. */
export async function listBefore(tx: Db, id: string): Promise<string[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended('lightspeed_write turns', 0))`.execute(tx)
  const { rows } = await sql<{ id: string }>`
    select other.id from lightspeed_write mine join lightspeed_write other
      on other.subjects && mine.subjects and other.id <> mine.id and other.state = 'waiting'
        and (other.place < mine.place or other.asked_at is not null)
    where mine.id = ${id}`.execute(tx)
  return rows.map((row) => row.id)
}

/** It waits again, should it have failed; undefined where it is done. */
export async function beginWrite(tx: Db, id: string): Promise<Write | undefined> {
  const { rows } = await sql<Write>`
    update lightspeed_write set state = 'waiting', finished_at = null, failure = null
    where id = ${id} and state <> 'done' returning *`.execute(tx)
  return rows[0]
}

/** Noted before Lightspeed is asked. False where another worker has done so. */
export async function saveAsked(db: Db, id: string, memo: object | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update lightspeed_write set asked_at = clock_timestamp(), memo = coalesce(${asJson(memo)}::jsonb, memo)
    where id = ${id} and state = 'waiting' and asked_at is null`.execute(db)
  return numAffectedRows === 1n
}

/** Lightspeed has done nothing of what it was asked. */
export async function clearAsked(db: Db, id: string): Promise<void> {
  await sql`update lightspeed_write set asked_at = null where id = ${id}`.execute(db)
}

/** The answer was read, or what it was is known otherwise. */
export async function saveAnswered(
  db: Db,
  id: string,
  known: { remoteId: string | null; memo?: object },
): Promise<void> {
  await sql`
    update lightspeed_write set asked_at = null, remote_id = ${known.remoteId}, memo = coalesce(${asJson(known.memo ?? null)}::jsonb, memo)
    where id = ${id}`.execute(db)
}

export async function secondsSinceAsked(db: Db, id: string): Promise<number> {
  const { rows } = await sql<{ seconds: number | null }>`
    select extract(epoch from clock_timestamp() - asked_at)::float as seconds from lightspeed_write where id = ${id}`.execute(
    db,
  )
  return rows[0]?.seconds ?? Infinity
}

export async function finishWrite(
  tx: Db,
  id: string,
  { remoteId, result }: { remoteId: string | null; result: object },
) {
  await sql`
    update lightspeed_write set state = 'done', finished_at = clock_timestamp(), asked_at = null, remote_id = ${remoteId},
      result = ${storableJson(result)}::jsonb
    where id = ${id}`.execute(tx)
}

/** That it was asked stays: whoever tries again has to look first. */
export async function failWrite(tx: Db, id: string, failure: string): Promise<void> {
  await sql`
    update lightspeed_write set state = 'failed', finished_at = clock_timestamp(), failure = ${failure}
    where id = ${id} and state = 'waiting'`.execute(tx)
}

function asJson(value: object | null): string | null {
  return value === null ? null : storableJson(value)
}
