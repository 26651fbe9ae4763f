import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Entity } from './entity.ts'

export type Owner = { id: string; version: number }

export type Pending = {
  /** Every owner that was not read since `startedAt`, not only those that changed. */
  startedAt: Date
  all: boolean
  /** Owners that may change without a new version of their own are read again after so many seconds. */
  rereadAfterSeconds: number
  /** SQL condition on the owner's row: which of them may. */
  restless: string
}

/** Owners whose list has not been read at their present version, oldest version first. */
export async function listPendingOwners(
  db: Db,
  entity: Entity,
  ownerTable: string,
  pending: Pending,
): Promise<Owner[]> {
  const { rows } = await sql<Owner>`
    select o.id, o.version from mirror.${sql.table(ownerTable)} o
    left join sync_nested n on n.entity = ${entity.name} and n.owner_id = o.id
    where o.deleted_at is null and (
      n.owner_version is null or n.owner_version <> o.version
      or (${pending.all} and n.read_at < ${pending.startedAt})
      or (${sql.raw(pending.restless)} and n.read_at < now() - make_interval(secs => ${pending.rereadAfterSeconds})))
    order by o.version, o.id`.execute(db)
  return rows
}

/** Owners whose list was read at their present version, the longest unread first. */
export async function listLongestUnread(db: Db, entity: Entity, ownerTable: string, most: number): Promise<Owner[]> {
  const { rows } = await sql<Owner>`
    select o.id, o.version from sync_nested n join mirror.${sql.table(ownerTable)} o on o.id = n.owner_id
    where n.entity = ${entity.name} and o.deleted_at is null and n.owner_version = o.version
    order by n.read_at, o.id limit ${most}`.execute(db)
  return rows
}

export async function markRead(db: Db, entity: Entity, owners: readonly Owner[]) {
  await db
    .insertInto('sync_nested')
    .values(owners.map(({ id, version }) => ({ entity: entity.name, owner_id: id, owner_version: version })))
    .onConflict((conflict) =>
      conflict
        .columns(['entity', 'owner_id'])
        .doUpdateSet({ owner_version: (eb) => eb.ref('excluded.owner_version'), read_at: sql`now()` }),
    )
    .execute()
}
