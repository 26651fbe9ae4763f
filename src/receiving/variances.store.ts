import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { VarianceReason } from './variances.rules.ts'

type Said = { lineId: string; reason: VarianceReason | null; note: string | null; actor: string }

/** Answers what was said before; null when nothing was. The document is locked. */
export async function saveVariance(tx: Db, consignmentId: string, { lineId, reason, note, actor }: Said) {
  const before = await tx
    .selectFrom('line_variance')
    .select(['reason', 'note', 'actor'])
    .where('line_id', '=', lineId)
    .executeTakeFirst()
  await (reason === null
    ? tx.deleteFrom('line_variance').where('line_id', '=', lineId).execute()
    : tx
        .insertInto('line_variance')
        .values({ line_id: lineId, consignment_id: consignmentId, reason, note, actor })
        .onConflict((at) => at.column('line_id').doUpdateSet({ reason, note, actor, at: sql<Date>`clock_timestamp()` }))
        .execute())
  return before ?? null
}
