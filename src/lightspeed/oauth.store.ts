import { sql, type Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { LightspeedConnection } from '../db/schema.ts'

/** Tokens are sealed. */
export type StoredConnection = Omit<Selectable<LightspeedConnection>, 'only_row'>

export type StoredTokens = Pick<StoredConnection, 'access_token' | 'refresh_token' | 'expires_at' | 'scope'>

export async function findConnection(db: Db): Promise<StoredConnection | undefined> {
  return db.selectFrom('lightspeed_connection').selectAll().executeTakeFirst()
}

/**
 * Locks, then reads: who waited for another process sees what that one stored. Neither waits for ever: whoever holds the
 * lock and stands still is cut off by PostgreSQL.
 */
export async function lockConnection(tx: Db): Promise<StoredConnection | undefined> {
  await sql`set local lock_timeout = '60s'`.execute(tx)
  await sql`set local idle_in_transaction_session_timeout = '45s'`.execute(tx)
  await tx.selectFrom('lightspeed_connection').select('state').forUpdate().execute()
  return findConnection(tx)
}

/** The first connection, or a new one of the same shop. */
export async function saveConnection(tx: Db, domainPrefix: string, tokens: StoredTokens) {
  const fresh = { domain_prefix: domainPrefix, ...tokens, state: 'connected', problem: null, refreshed_at: null }
  await tx
    .insertInto('lightspeed_connection')
    .values(fresh)
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet({ ...fresh, connected_at: sql`now()` }))
    .execute()
}

export async function saveTokens(tx: Db, tokens: StoredTokens) {
  const connected = { ...tokens, state: 'connected', problem: null, refreshed_at: sql<Date>`now()` }
  await tx.updateTable('lightspeed_connection').set(connected).execute()
}

export async function markNeedsReconnect(tx: Db, problem: string) {
  await tx.updateTable('lightspeed_connection').set({ state: 'needs_reconnect', problem }).execute()
}

/** Who left for Lightspeed, and the address to come back to. */
export type Journey = { redirectUri: string; actor: string }

/** Notes that somebody left for Lightspeed; who has not come back in time is forgotten. */
export async function noteAuthorization(db: Db, journey: Journey & { stateHash: Buffer; goodForMs: number }) {
  await db
    .deleteFrom('lightspeed_authorization')
    .where('expires_at', '<', sql<Date>`now()`)
    .execute()
  const expiresAt = sql<Date>`now() + make_interval(secs => ${journey.goodForMs / 1000})`
  await db
    .insertInto('lightspeed_authorization')
    .values({
      state_hash: journey.stateHash,
      redirect_uri: journey.redirectUri,
      actor: journey.actor,
      expires_at: expiresAt,
    })
    .execute()
}

/** Takes the note away, so that it is good once. */
export async function takeAuthorization(db: Db, stateHash: Buffer): Promise<Journey | undefined> {
  const taken = await db
    .deleteFrom('lightspeed_authorization')
    .where('state_hash', '=', stateHash)
    .where('expires_at', '>=', sql<Date>`now()`)
    .returning(['redirect_uri as redirectUri', 'actor'])
    .executeTakeFirst()
  return taken
}
