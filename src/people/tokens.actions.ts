import { randomBytes } from 'node:crypto'
import { record } from '../audit/audit.store.ts'
import { holdsAt, must, type Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { isRight, rights, unknownRight } from './rights.rules.ts'
import { hashOf } from './sign-in.actions.ts'
import { insertToken, listTokens, lockToken, revokeToken, type TokenRow } from './tokens.store.ts'

export type TokenWish = { name: string; scopes: string[]; expiresAt: Date | null }

export type Token = ReturnType<typeof tokenView>

const right = 'tokens:manage'

/** Makes a token and tells it this once; only its hash is kept. Nobody hands on a right that he does not have everywhere. */
export async function createToken(context: Context, wish: TokenWish, now: Date): Promise<Token & { token: string }> {
  const { database, actor, correlationId } = context
  must(actor, right)
  refuseUnlawful(context, wish, now)
  const token = `consign_${randomBytes(32).toString('base64url')}`
  return inTransaction(database, async ({ db }) => {
    const row = await insertToken(db, { ...wish, tokenHash: hashOf(token), createdBy: actor.id })
    const made = tokenView(row)
    const what = { action: 'token.created', entity: 'api_token', entityId: row.id, before: null, after: made }
    await record(db, { ...what, actor: actor.id, correlationId })
    return { ...made, token }
  })
}

/** Every token that there is or was, without what opens the door. */
export async function readTokens({ database, actor }: Context, page: { after: string | undefined; limit: number }) {
  must(actor, right)
  const rows = await listTokens(database.db, page)
  return { data: rows.map(tokenView), next: rows.length === page.limit ? (rows.at(-1)?.id ?? null) : null }
}

/** Takes a token back at once, and its sessions with it. Doing it twice does it once. */
export async function takeTokenBack(
  { database, actor, correlationId }: Context,
  id: string,
  now: Date,
): Promise<Token> {
  must(actor, right)
  if (actor.id === `token:${id}`)
    throw new Refusal('not_lawful', 'token_in_use', 'You came in with this token: take it back with another one')
  return inTransaction(database, async ({ db }) => {
    const known = await lockToken(db, id)
    if (!known) throw new Refusal('not_found', 'token_unknown', `There is no token ${id}`)
    if (known.revoked_at !== null) return tokenView(known)
    await revokeToken(db, id, now)
    const before = tokenView(known)
    const after = { ...before, revokedAt: now.toISOString() }
    const what = { action: 'token.revoked', entity: 'api_token', entityId: id, before, after }
    await record(db, { ...what, actor: actor.id, correlationId })
    return after
  })
}

function refuseUnlawful({ actor }: Context, { scopes, expiresAt }: TokenWish, now: Date) {
  const unknown = unknownRight(scopes)
  if (unknown !== undefined) {
    const known = Object.keys(rights)
    const message = `scopes: there is no right ${unknown}. There are: ${known.join(', ')}`
    throw new Refusal('not_valid', 'scope_unknown', message, { unknown, known })
  }
  const missing = scopes.filter(isRight).find((scope) => !holdsAt(actor, scope, []))
  if (missing !== undefined)
    throw new Refusal('not_allowed', 'scope_not_held', `${actor.name} cannot hand on the right ${missing}`, {
      scope: missing,
    })
  if (expiresAt !== null && expiresAt <= now)
    throw new Refusal('not_valid', 'expiry_past', 'expiresAt: give a time that is still to come')
}

function tokenView(row: TokenRow) {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }
}
