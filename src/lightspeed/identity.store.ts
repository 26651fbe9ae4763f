import type { Db } from '../db/database.ts'

/** Notes which retailer this database mirrors, or says which one it mirrors already. */
export async function noteIdentity(db: Db, identity: string): Promise<string> {
  await db
    .insertInto('retailer_identity')
    .values({ identity })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db.selectFrom('retailer_identity').select('identity').executeTakeFirstOrThrow()
  return row.identity
}
