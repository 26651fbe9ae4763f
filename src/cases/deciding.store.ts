import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Owed = { id: string; decision: string | null }

/** Planned lines that have not come in full. */
export async function listOwed(db: Db, consignmentId: string): Promise<Owed[]> {
  return db
    .selectFrom('consignment_line')
    .select(['id', 'decision'])
    .where('consignment_id', '=', consignmentId)
    .where('origin', '=', 'planned')
    .where('quantity', '>', sql<string>`coalesce(received, 0)`)
    .orderBy('position')
    .execute()
}

export async function saveDecisions(tx: Db, lines: readonly Owed[]): Promise<void> {
  await sql`
    update consignment_line l set decision = given.decision
    from unnest(${lines.map(({ id }) => id)}::uuid[], ${lines.map(({ decision }) => decision)}::text[]) as given (id, decision)
    where l.id = given.id`.execute(tx)
}
