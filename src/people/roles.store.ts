import { sql, type Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { RoleGrant } from '../db/schema.ts'

export type GrantRow = Selectable<RoleGrant> & { place: string }

export type NewGrant = { actor: string; role: string; outletId: string | null; createdBy: string }

export type GrantFilter = { actor?: string | undefined; role?: string | undefined; outletId?: string | undefined }

type Page = { below: { at: string; id: string } | undefined; limit: number }

/** Newest first. */
export async function listGrants(db: Db, filter: GrantFilter, { below, limit }: Page): Promise<GrantRow[]> {
  let query = db
    .selectFrom('role_grant')
    .selectAll()
    .select(sql<string>`created_at::text`.as('place'))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  const same = { actor: filter.actor, role: filter.role, outlet_id: filter.outletId } as const
  for (const [column, value] of Object.entries(same))
    if (value !== undefined) query = query.where(sql.ref(column), '=', value)
  if (below) query = query.where(sql<boolean>`(created_at, id) < (${below.at}::timestamptz, ${below.id}::uuid)`)
  return query.execute()
}

/** Undefined when it is so already. */
export async function insertGrant(tx: Db, { actor, role, outletId, createdBy }: NewGrant) {
  return tx
    .insertInto('role_grant')
    .values({ actor, role, outlet_id: outletId, created_by: createdBy })
    .onConflict((at) => at.doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** What was taken back; undefined when it was not there. */
export async function deleteGrant(tx: Db, id: string) {
  return tx.deleteFrom('role_grant').where('id', '=', id).returningAll().executeTakeFirst()
}

export async function isKnownOutlet(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('mirror.outlet').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

/** The rights of roles that were changed by hand. */
export async function readRoleChanges(db: Db): Promise<Map<string, string[]>> {
  const rows = await db.selectFrom('role_change').select(['role', 'rights']).orderBy('role').execute()
  return new Map(rows.map(({ role, rights }) => [role, rights]))
}

export async function saveRoleChange(tx: Db, change: { role: string; rights: readonly string[]; changedBy: string }) {
  const now = { rights: [...change.rights], changed_by: change.changedBy, changed_at: sql<Date>`clock_timestamp()` }
  await tx
    .insertInto('role_change')
    .values({ role: change.role, ...now })
    .onConflict((at) => at.column('role').doUpdateSet(now))
    .execute()
}

export async function deleteRoleChange(tx: Db, role: string) {
  await tx.deleteFrom('role_change').where('role', '=', role).execute()
}
