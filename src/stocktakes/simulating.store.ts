import type { Db } from '../db/database.ts'

export type NewSimulation = { consignmentId: string; digest: string; totals: object; by: string }

export async function insertSimulation(tx: Db, { consignmentId, digest, totals, by }: NewSimulation) {
  return tx
    .insertInto('stocktake_simulation')
    .values({ consignment_id: consignmentId, digest, totals: JSON.stringify(totals), made_by: by })
    .returning(['id', 'made_at'])
    .executeTakeFirstOrThrow()
}

/** The last simulation of a document. */
export async function findSimulation(db: Db, consignmentId: string) {
  return db
    .selectFrom('stocktake_simulation')
    .select(['id', 'digest', 'made_by', 'made_at'])
    .where('consignment_id', '=', consignmentId)
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}
