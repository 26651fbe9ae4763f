import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type NewTier = {
  type: string
  upTo: string | null
  role: string
  outletId: string | null
  supplierId: string | null
}
export type NewDelegation = { from: string; to: string; startsAt: Date; endsAt: Date; createdBy: string }

const most = 1000

/** All of it: some dozens of rows. */
export async function readAuthority(db: Db) {
  const tiers = await tiersOf(db).orderBy('type').orderBy('up_to').orderBy('role').limit(most).execute()
  const delegations = await db
    .selectFrom('approval_delegation')
    .select(['id', 'from_actor as from', 'to_actor as to', 'starts_at as startsAt', 'ends_at as endsAt'])
    .orderBy('ends_at', 'desc')
    .limit(most)
    .execute()
  const { own_allowed } = await db.selectFrom('approval_setting').select('own_allowed').executeTakeFirstOrThrow()
  return { ownAllowed: own_allowed, tiers, delegations }
}

function tiersOf(db: Db) {
  return db
    .selectFrom('approval_tier')
    .select(['id', 'type', 'up_to as upTo', 'role', 'outlet_id as outletId', 'supplier_id as supplierId'])
    .select('is_on as isOn')
}

/** Who hands his word on in a delegation; undefined when it is not there. */
export async function delegatorOf(db: Db, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('approval_delegation').select('from_actor').where('id', '=', id).executeTakeFirst()
  return row?.from_actor
}

/** Undefined when it is there already; so for a delegation. */
export async function insertTier(tx: Db, { type, upTo, role, outletId, supplierId }: NewTier) {
  return tx
    .insertInto('approval_tier')
    .values({ type, up_to: upTo, role, outlet_id: outletId, supplier_id: supplierId })
    .onConflict((at) => at.doNothing())
    .returning('id')
    .executeTakeFirst()
}

export async function insertDelegation(tx: Db, { from, to, startsAt, endsAt, createdBy }: NewDelegation) {
  return tx
    .insertInto('approval_delegation')
    .values({ from_actor: from, to_actor: to, starts_at: startsAt, ends_at: endsAt, created_by: createdBy })
    .returning('id')
    .executeTakeFirst()
}

export type Tier = NewTier & { id: string; isOn: boolean }

export type TierChange = { [Field in Exclude<keyof Tier, 'id' | 'type'>]?: Tier[Field] | undefined }

/** Locked until the transaction ends; so are all others, that no two become the same at once. */
export async function lockTier(tx: Db, id: string): Promise<Tier | undefined> {
  await sql`lock table approval_tier in share row exclusive mode`.execute(tx)
  return tiersOf(tx).where('id', '=', id).executeTakeFirst()
}

/** Whether another row says the same. */
export async function hasSameTier(tx: Db, { id, type, upTo, role, outletId, supplierId }: Tier): Promise<boolean> {
  const same = await tx
    .selectFrom('approval_tier')
    .select('id')
    .where('id', '<>', id)
    .where('type', '=', type)
    .where('role', '=', role)
    .where('up_to', 'is not distinct from', upTo)
    .where('outlet_id', 'is not distinct from', outletId)
    .where('supplier_id', 'is not distinct from', supplierId)
    .executeTakeFirst()
  return same !== undefined
}

export async function saveTier(tx: Db, { id, upTo, role, outletId, supplierId, isOn }: Tier) {
  await tx
    .updateTable('approval_tier')
    .set({ up_to: upTo, role, outlet_id: outletId, supplier_id: supplierId, is_on: isOn })
    .where('id', '=', id)
    .execute()
}

/** What was removed; undefined when it was not there. */
export async function deleteAuthority(
  tx: Db,
  table: 'approval_tier' | 'approval_delegation',
  id: string,
): Promise<object | undefined> {
  return tx.deleteFrom(table).where('id', '=', id).returningAll().executeTakeFirst()
}

export async function saveOwnAllowed(tx: Db, ownAllowed: boolean) {
  await tx.updateTable('approval_setting').set({ own_allowed: ownAllowed }).execute()
}
