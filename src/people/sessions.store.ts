import type { Db } from '../db/database.ts'

export async function insertSession(db: Db, session: { tokenHash: Buffer; actor: string; expiresAt: Date }) {
  await db.deleteFrom('session').where('expires_at', '<', new Date()).execute()
  await db
    .insertInto('session')
    .values({ token_hash: session.tokenHash, actor: session.actor, expires_at: session.expiresAt })
    .execute()
}

export async function findSession(db: Db, tokenHash: Buffer, now: Date): Promise<{ actor: string } | undefined> {
  return db
    .selectFrom('session')
    .select('actor')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Ends a session; answers whose it was, or undefined if there was none. */
export async function deleteSession(db: Db, tokenHash: Buffer): Promise<{ actor: string } | undefined> {
  return db.deleteFrom('session').where('token_hash', '=', tokenHash).returning('actor').executeTakeFirst()
}
