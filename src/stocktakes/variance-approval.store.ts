import type { Db } from '../db/database.ts'

export type Approved = { consignmentId: string; digest: string; gross: string; reason: string | null; by: string }

/** Whether somebody approved this very result. */
export async function isApproved(db: Db, consignmentId: string, digest: string): Promise<boolean> {
  const row = await db
    .selectFrom('stocktake_approval')
    .select('digest')
    .where('consignment_id', '=', consignmentId)
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row !== undefined
}

/** Once approved it stays so. */
export async function insertApproved(tx: Db, { consignmentId, digest, gross, reason, by }: Approved): Promise<void> {
  await tx
    .insertInto('stocktake_approval')
    .values({ consignment_id: consignmentId, digest, gross, reason, approved_by: by })
    .onConflict((at) => at.columns(['consignment_id', 'digest']).doNothing())
    .execute()
}
