import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

type Named = { word: string; id: string }

/** Of these words those that are the id of a product. */
export async function productIdsAmong(db: Db, words: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from mirror.product where id = any(${words}::text[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Outlets by their id, or by their name whatever its capitals; more than one of a name are all told. */
export async function outletsCalled(db: Db, words: readonly string[]): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select word, o.id from unnest(${words}::text[]) word
    join mirror.outlet o on o.deleted_at is null and (o.id = word or lower(o.name) = lower(word))`.execute(db)
  return rows
}

/** The same of suppliers. */
export async function suppliersCalled(db: Db, words: readonly string[]): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select word, s.id from unnest(${words}::text[]) word
    join mirror.supplier s on s.deleted_at is null and (s.id = word or lower(s.name) = lower(word))`.execute(db)
  return rows
}
