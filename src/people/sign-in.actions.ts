import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { record } from '../audit/audit.store.ts'
import type { Actor } from '../context.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { findGrants } from './grants.store.ts'
import { deleteSession, findSession, insertSession } from './sessions.store.ts'
import { findToken } from './tokens.store.ts'

export type Door = { db: Db; adminToken: string | undefined; now: Date; correlationId: string }

export const administrator: Actor = { id: 'administrator', name: 'The administrator', scopes: ['*'] }

/** Who holds a token: compared by hash, in constant time where it is one from the environment. */
export async function actorOfToken({ db, adminToken, now }: Door, token: string): Promise<Actor> {
  if (adminToken !== undefined && timingSafeEqual(hashOf(token), hashOf(adminToken))) return administrator
  const known = await findToken(db, hashOf(token), now)
  if (known) return placed(db, { id: `token:${known.id}`, name: known.name, scopes: known.scopes })
  throw new Refusal('not_signed_in', 'token_not_valid', 'This token is not known here, or it has expired')
}

/** With the roles of who has not all rights anyway; read anew for each request, so that one taken back is gone at once. */
async function placed(db: Db, actor: Actor): Promise<Actor> {
  return actor.scopes.includes('*') ? actor : { ...actor, grants: await findGrants(db, actor.id) }
}

/** Who a browser's session belongs to; undefined when it has ended. */
export async function actorOfSession({ db, now }: Door, sessionToken: string): Promise<Actor | undefined> {
  const session = await findSession(db, hashOf(sessionToken), now)
  return session ? { ...administrator, id: session.actor } : undefined
}

const sessionHours = 12

export type NewSession = { sessionToken: string; actor: Actor; expiresAt: Date }

/** Opens a browser session; only its hash is stored. Sessions are for administrators until there are people with roles. */
export async function openSession({ db, now, correlationId }: Door, actor: Actor): Promise<NewSession> {
  if (!actor.scopes.includes('*')) {
    throw new Refusal('not_allowed', 'session_needs_administrator', 'Only a token with all rights opens the pages')
  }
  const sessionToken = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + sessionHours * 3_600_000)
  const tokenHash = hashOf(sessionToken)
  await db.transaction().execute(async (tx) => {
    await insertSession(tx, { tokenHash, actor: actor.id, expiresAt })
    const what = { action: 'session.opened', ...aSession(tokenHash), before: null, after: { expiresAt } }
    await record(tx, { ...what, actor: actor.id, correlationId })
  })
  return { sessionToken, actor, expiresAt }
}

export async function closeSession({ db, correlationId }: Door, sessionToken: string) {
  const tokenHash = hashOf(sessionToken)
  await db.transaction().execute(async (tx) => {
    const ended = await deleteSession(tx, tokenHash)
    if (!ended) return
    const what = { action: 'session.closed', ...aSession(tokenHash), before: ended, after: null }
    await record(tx, { ...what, actor: ended.actor, correlationId })
  })
}

/** A session is known by the beginning of its hash, which opens nothing. */
function aSession(tokenHash: Buffer) {
  return { entity: 'session', entityId: tokenHash.toString('hex').slice(0, 16) }
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
