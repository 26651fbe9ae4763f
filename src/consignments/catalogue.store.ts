import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Place = { id: string; timeZone: string; currency: string | null }

/** Of these outlets, those that the mirror holds and Lightspeed has not deleted. */
export async function listPlaces(db: Db, ids: readonly string[]): Promise<Place[]> {
  const rows = await db
    .selectFrom('mirror.outlet')
    .select(['id', 'time_zone', 'currency'])
    .where('id', 'in', [...ids])
    .where('deleted_at', 'is', null)
    .execute()
  return rows.map(({ id, time_zone, currency }) => ({ id, timeZone: time_zone ?? '', currency }))
}

export async function hasSupplier(db: Db, id: string): Promise<boolean> {
  const supplier = await db
    .selectFrom('mirror.supplier')
    .select('id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return supplier !== undefined
}

export type KnownProduct = { id: string; isComposite: boolean; isGone: boolean }

/** Of these products, those that the mirror holds. */
export async function listProducts(db: Db, ids: readonly string[]): Promise<KnownProduct[]> {
  const rows = await db
    .selectFrom('mirror.product')
    .select(['id', 'is_composite', 'deleted_at'])
    .where('id', '=', sql<string>`any(${ids}::text[])`)
    .execute()
  return rows.map((row) => ({ id: row.id, isComposite: row.is_composite === true, isGone: row.deleted_at !== null }))
}
