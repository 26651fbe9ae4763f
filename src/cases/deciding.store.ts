import { sql } from 'kysely'
import type { Head } from '../consignments/consignments.store.ts'
import type { Db } from '../db/database.ts'
import { expectedOf } from '../receiving/counts.store.ts'

export type Owed = { id: string; decision: string | null }

/**
 * Lines that have not come in full: what was planned, and of a transfer what was sent. What a sender packed short is not
 * owed by anybody, but whoever wants it still may order it on.
 */
export async function listOwed(db: Db, head: Head): Promise<Owed[]> {
  return db
    .selectFrom('consignment_line as l')
    .select(['l.id', 'l.decision'])
    .where('l.consignment_id', '=', head.id)
    .where(
      sql<boolean>`(l.origin = 'planned' and l.quantity > coalesce(l.received, 0)
        or ${head.type === 'OUTLET_TRANSFER'} and ${expectedOf(head)} > coalesce(l.received, 0))`,
    )
    .orderBy('l.position')
    .execute()
}

export async function saveDecisions(tx: Db, lines: readonly Owed[]): Promise<void> {
  await sql`
    update consignment_line l set decision = given.decision
    from unnest(${lines.map(({ id }) => id)}::uuid[], ${lines.map(({ decision }) => decision)}::text[]) as given (id, decision)
    where l.id = given.id`.execute(tx)
}
