import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Ask = { caller: Buffer; key: string; asked: Buffer; claim: string }
export type Kept = {
  isSame: boolean
  tookEffect: boolean
  isAtWork: boolean
  status: number | null
  answer: string | null
}

const keepHours = 48

/** Takes a key for one request: new, forgotten, or left behind by a process that died. What is kept where it cannot be had. */
export async function claimKey(
  db: Db,
  { caller, key, asked, claim }: Ask,
  leaseSeconds: number,
): Promise<Kept | undefined> {
  await forgetOld(db)
  const old = sql`created_at < now() - make_interval(hours => ${keepHours})`
  const { rows } = await sql`
    insert into idempotency_key as k (caller, key, asked, claim, lease_ends_at)
    values (${caller}, ${key}, ${asked}, ${claim}, now() + make_interval(secs => ${leaseSeconds}))
    on conflict (caller, key) do update set asked = excluded.asked, claim = excluded.claim, created_at = now(),
      lease_ends_at = excluded.lease_ends_at, took_effect = false, status = null, answer = null
    where k.${old} or (k.status is null and not k.took_effect and k.lease_ends_at < now())
    returning claim`.execute(db)
  return rows.length > 0 ? undefined : findKept(db, { caller, key, asked })
}

async function findKept(db: Db, { caller, key, asked }: Omit<Ask, 'claim'>): Promise<Kept> {
  const { rows } = await sql<Kept>`
    select asked = ${asked} as "isSame", took_effect as "tookEffect", lease_ends_at > now() as "isAtWork", status, answer
    from idempotency_key where caller = ${caller} and key = ${key}`.execute(db)
  return rows[0] ?? { isSame: true, tookEffect: false, isAtWork: true, status: null, answer: null }
}

type Claim = Omit<Ask, 'asked'>

/** Says, in the transaction that commits it, that the request took effect. False when another has taken the key over. */
export async function markEffect(tx: Db, { caller, key, claim }: Claim): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('idempotency_key')
    .set({ took_effect: true })
    .where('caller', '=', caller)
    .where('key', '=', key)
    .where('claim', '=', claim)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function keepAnswer(db: Db, { caller, key, claim }: Claim, said: { status: number; answer: string }) {
  await db
    .updateTable('idempotency_key')
    .set(said)
    .where('caller', '=', caller)
    .where('key', '=', key)
    .where('claim', '=', claim)
    .execute()
}

/** Gives a key back that nothing came of. False when the request took effect all the same. */
export async function releaseKey(db: Db, { caller, key, claim }: Claim): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('idempotency_key')
    .where('caller', '=', caller)
    .where('key', '=', key)
    .where('claim', '=', claim)
    .where('took_effect', '=', false)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function renewLease(db: Db, { caller, key, claim }: Claim, leaseSeconds: number) {
  await sql`
    update idempotency_key set lease_ends_at = now() + make_interval(secs => ${leaseSeconds})
    where caller = ${caller} and key = ${key} and claim = ${claim}`.execute(db)
}

/** A few with each new one, so that nobody has to tidy up. */
async function forgetOld(db: Db) {
  await sql`
    delete from idempotency_key where (caller, key) in (
      select caller, key from idempotency_key where created_at < now() - make_interval(hours => ${keepHours})
      order by created_at limit 10 for update skip locked)`.execute(db)
}
