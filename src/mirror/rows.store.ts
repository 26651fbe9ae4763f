import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Resource } from './tables.ts'

export type MirrorRow = Record<string, unknown>

/** A page of a mirror table in the order of its key, behind the key of the last row seen. */
export async function listMirrorRows(
  db: Db,
  { table, key }: Resource,
  page: { after: readonly string[]; limit: number },
): Promise<MirrorRow[]> {
  const columns = sql.join(key.map((column) => sql.ref(column)))
  const behind =
    page.after.length === key.length
      ? sql`where (${columns}) > (${sql.join(page.after.map((part) => sql`${part}`))})`
      : sql``
  const { rows } = await sql<MirrorRow>`
    select * from mirror.${sql.table(table)} ${behind} order by ${columns} limit ${page.limit}`.execute(db)
  return rows
}

/** The row whose key begins with this id; of lists that hang on an owner there may be many. */
export async function findMirrorRows(
  db: Db,
  { table, key: [first = 'id'] }: Resource,
  id: string,
): Promise<MirrorRow[]> {
  const { rows } = await sql<MirrorRow>`
    select * from mirror.${sql.table(table)} where ${sql.ref(first)} = ${id} limit 1000`.execute(db)
  return rows
}
