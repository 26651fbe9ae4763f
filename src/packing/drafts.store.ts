import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** What somebody typed; `state` is his client's own, as JSON. */
export type DraftRow = { sequence: number; state: unknown; saved_at: Date }

export async function findDraft(db: Db, consignmentId: string, actor: string): Promise<DraftRow | undefined> {
  return db
    .selectFrom('pack_draft')
    .select(['sequence', 'saved_at'])
    .select(sql`state`.as('state'))
    .where('consignment_id', '=', consignmentId)
    .where('actor', '=', actor)
    .executeTakeFirst()
}

/** Keeps it unless a newer one is kept already; of the same sequence the first. Answers whether it did. */
export async function saveDraft(
  db: Db,
  { consignmentId, actor, sequence, state }: { consignmentId: string; actor: string; sequence: number; state: string },
): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    insert into pack_draft as kept (consignment_id, actor, sequence, state)
    values (${consignmentId}, ${actor}, ${sequence}, ${state}::jsonb)
    on conflict (consignment_id, actor) do update set sequence = excluded.sequence, state = excluded.state, saved_at = now()
    where kept.sequence < excluded.sequence`.execute(db)
  return numAffectedRows > 0n
}

/** Of one person, or (without an actor) of everyone. */
export async function dropDrafts(tx: Db, consignmentId: string, actor?: string) {
  const all = tx.deleteFrom('pack_draft').where('consignment_id', '=', consignmentId)
  await (actor === undefined ? all : all.where('actor', '=', actor)).execute()
}
