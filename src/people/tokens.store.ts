import { sql, type Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { ApiToken } from '../db/schema.ts'

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

export type TokenRow = Omit<Selectable<ApiToken>, 'token_hash'>

const shown = ['id', 'name', 'scopes', 'created_at', 'created_by', 'expires_at', 'revoked_at'] as const

export type NewToken = { name: string; tokenHash: Buffer; scopes: string[]; expiresAt: Date | null; createdBy: string }

export async function insertToken(tx: Db, token: NewToken): Promise<TokenRow> {
  const { name, scopes, tokenHash: token_hash, expiresAt: expires_at, createdBy: created_by } = token
  const row = { name, scopes, token_hash, expires_at, created_by }
  return tx.insertInto('api_token').values(row).returning(shown).executeTakeFirstOrThrow()
}

/** Tokens, newest first; `after` is the last one of the page before. */
export async function listTokens(db: Db, { after, limit }: { after: string | undefined; limit: number }) {
  let query = db.selectFrom('api_token').select(shown).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit)
  if (after !== undefined) {
    query = query.where(
      sql<boolean>`(created_at, id) < (select created_at, id from api_token where id = ${after}::uuid)`,
    )
  }
  return query.execute()
}

export async function lockToken(tx: Db, id: string): Promise<TokenRow | undefined> {
  return tx.selectFrom('api_token').select(shown).where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Takes a token back, and ends the sessions that were opened with it. */
export async function revokeToken(tx: Db, id: string, now: Date) {
  await tx.updateTable('api_token').set({ revoked_at: now }).where('id', '=', id).execute()
  await tx.deleteFrom('session').where('actor', '=', `token:${id}`).execute()
}
