import type { Db } from '../db/database.ts'

export type KnownToken = { id: string; name: string; scopes: string[] }

export async function findToken(db: Db, tokenHash: Buffer, now: Date): Promise<KnownToken | undefined> {
  return db
    .selectFrom('api_token')
    .select(['id', 'name', 'scopes'])
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
}

/** Makes a token valid; one that is known already stays as it is. */
export async function keepToken(db: Db, token: { name: string; tokenHash: Buffer; scopes: string[] }) {
  await db
    .insertInto('api_token')
    .values({ name: token.name, token_hash: token.tokenHash, scopes: token.scopes })
    .onConflict((conflict) => conflict.column('token_hash').doNothing())
    .execute()
}
