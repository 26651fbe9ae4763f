import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { parseExact } from '../lightspeed/exact-json.ts'
import type { Entity } from './entity.ts'

export type Held = { id: string; version: number; raw: unknown; isDeleted: boolean; syncedAt: Date }

/** Others that carry this record wait until this transaction is over. */
export async function lockCarried(db: Db, { name }: Entity, key: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`carried ${name} ${key}`}, 0))`.execute(db)
}

/** The record as the mirror holds it, its raw with every digit. */
export async function findHeld(db: Db, { table, key: [key = 'id'] }: Entity, id: string): Promise<Held | undefined> {
  const { rows } = await sql<Omit<Held, 'raw'> & { raw: string }>`
    select ${sql.ref(key)} as id, version, raw::text as raw, deleted_at is not null as "isDeleted", synced_at as "syncedAt"
    from mirror.${sql.table(table)} where ${sql.ref(key)} = ${id}`.execute(db)
  return rows[0] && { ...rows[0], raw: parseExact(rows[0].raw) }
}

/** Of which record of the inventory a product at an outlet is. */
export async function findLevelId(db: Db, productId: string, outletId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('mirror.inventory')
    .select('id')
    .where('product_id', '=', productId)
    .where('outlet_id', '=', outletId)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return row?.id
}

/** From now on a record of this version replaces the row too: a webhook may tell less than the whole. */
export async function markCarried(db: Db, { name }: Entity, recordId: string, version: number) {
  await db
    .insertInto('sync_carried')
    .values({ entity: name, record_id: recordId, version })
    .onConflict((conflict) =>
      conflict.columns(['entity', 'record_id']).doUpdateSet({ version, carried_at: sql`now()` }),
    )
    .execute()
}

/** What could not be stored of this record before no longer stands aside. */
export async function settleOne(db: Db, { name }: Entity, recordId: string) {
  await db
    .updateTable('mirror.rejected')
    .set({ resolved_at: sql`now()` })
    .where('entity', '=', name)
    .where('record_id', '=', recordId)
    .where('resolved_at', 'is', null)
    .execute()
}
