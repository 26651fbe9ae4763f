import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { storableJson } from '../mirror/copy-text.ts'

export type Revision = {
  consignmentId: string
  actor: string
  reason: string | undefined
  before: unknown
  after: unknown
}

/** Keeps what was changed after approval; the document is locked, so that numbers follow each other. */
export async function saveRevision(tx: Db, { consignmentId, actor, reason, before, after }: Revision) {
  await sql`
    insert into consignment_revision (consignment_id, number, actor, reason, before, after)
    select ${consignmentId}, coalesce(max(number), 0) + 1, ${actor}, ${reason ?? null},
      ${storableJson(before)}::jsonb, ${storableJson(after)}::jsonb
    from consignment_revision where consignment_id = ${consignmentId}`.execute(tx)
}

export async function listRevisions(db: Db, consignmentId: string) {
  return db
    .selectFrom('consignment_revision')
    .selectAll()
    .where('consignment_id', '=', consignmentId)
    .orderBy('number', 'desc')
    .limit(500)
    .execute()
}
