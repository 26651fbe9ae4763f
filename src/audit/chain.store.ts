import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Link = { sequence: number; hash: string }

/** What is wrong with the first row that does not fit. */
export type FaultKind = 'changed' | 'removed' | 'gap'

export type Stretch = { rows: number; last: Link; fault: { kind: FaultKind; sequence: number; auditId: number } | null }

/** Everything that the transaction reads from now on is of one moment, whoever writes meanwhile. */
export async function freeze(tx: Db) {
  await sql`set transaction isolation level repeatable read, read only`.execute(tx)
}

/** Before the first row: a hash that everyone knows. */
export async function readStart(db: Db): Promise<Link> {
  const { rows } = await sql<{ hash: string }>`select encode(sha256('consign'), 'hex') as hash`.execute(db)
  return { sequence: 0, hash: rows[0]?.hash ?? '' }
}

/** Computes the next rows of the chain again and compares, in the database; undefined at the chain's end. */
export async function checkStretch(db: Db, from: Link, rows: number): Promise<Stretch | undefined> {
  const { rows: found } = await sql<{
    rows: number
    sequence: number
    hash: string
    fault: { kind: FaultKind; sequence: number; auditId: number } | null
  }>`
    with stretch as (
      select sequence, audit_id, hash from audit_seal where sequence > ${from.sequence} order by sequence limit ${rows}
    ), linked as (
      select sequence, audit_id, hash,
        lag(sequence, 1, ${from.sequence}::bigint) over (order by sequence) as sequence_before,
        lag(hash, 1, decode(${from.hash}, 'hex')) over (order by sequence) as hash_before
      from stretch
    ), checked as (
      select sequence, audit_id, hash, case
        when sequence <> sequence_before + 1 then 'gap'
        when a.id is null then 'removed'
        when hash <> sha256(hash_before || audit_content(a)) then 'changed'
      end as kind
      from linked left join audit a on a.id = linked.audit_id
    )
    select count(*) as rows, max(sequence) as sequence,
      (select encode(hash, 'hex') from stretch order by sequence desc limit 1) as hash,
      (select jsonb_build_object('kind', kind, 'sequence', sequence, 'auditId', audit_id)
       from checked where kind is not null order by sequence limit 1) as fault
    from checked having count(*) > 0`.execute(db)
  const [stretch] = found
  return (
    stretch && { rows: stretch.rows, last: { sequence: stretch.sequence, hash: stretch.hash }, fault: stretch.fault }
  )
}

/** The chain's end as it was noted with the last row. */
export async function readHead(db: Db): Promise<Link | undefined> {
  const { rows } = await sql<Link>`select sequence, encode(hash, 'hex') as hash from audit_head`.execute(db)
  return rows[0]
}

/** The first row that is in no chain: one written past the trigger. */
export async function findUnsealed(db: Db): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from audit a where not exists (select from audit_seal s where s.audit_id = a.id) order by id limit 1`.execute(
    db,
  )
  return rows[0]?.id
}
