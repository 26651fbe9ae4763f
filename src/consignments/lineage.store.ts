import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

type Relative = { id: string; number: string; type: string; status: string }

export type Relatives = { parent: Relative | null; children: Relative[] }

/** The document that one goes on from or returns goods of, and those that go on from it, the oldest first. */
export async function listRelatives(
  db: Db,
  { id, parent_id }: { id: string; parent_id: string | null },
): Promise<Relatives> {
  const rows = await db
    .selectFrom('consignment')
    .select(['id', 'number', 'type', 'status'])
    .where(sql<boolean>`(parent_id = ${id} or id = ${parent_id})`)
    .orderBy('created_at')
    .limit(200)
    .execute()
  return {
    parent: rows.find((row) => row.id === parent_id) ?? null,
    children: rows.filter((row) => row.id !== parent_id),
  }
}
