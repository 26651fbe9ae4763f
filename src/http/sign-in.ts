import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Actor } from '../context.ts'
import { Refusal } from '../kernel/refusal.ts'
import { actorOfSession, actorOfToken, type Door } from '../people/sign-in.actions.ts'
import type { Env } from './env.ts'

export const sessionCookie = 'consign_session'

/** Lets in who has a token (`Authorization: Bearer`) or a session; everyone else is told how to come in. */
export const signedIn = createMiddleware<Env>(async (c, next) => {
  const house = c.var.house
  const actor = await whoAsks(c)
  c.set('actor', actor)
  const { database, log, wakeRunner } = house
  c.set('context', { database, actor, correlationId: c.var.correlationId, log, wakeRunner })
  await next()
})

export function doorOf(c: Context<Env>): Door {
  const { database, config } = c.var.house
  return { db: database.db, adminToken: config.adminToken, now: new Date(), correlationId: c.var.correlationId }
}

async function whoAsks(c: Context<Env>): Promise<Actor> {
  const [scheme, token] = (c.req.header('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() === 'bearer' && token) return actorOfToken(doorOf(c), token)
  const session = getCookie(c, sessionCookie)
  const actor = session ? await actorOfSession(doorOf(c), session) : undefined
  if (actor) {
    refuseForeignPages(c)
    return actor
  }
  throw new Refusal('not_signed_in', 'sign_in_needed', 'Sign in first, or send `Authorization: Bearer <token>`')
}

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A browser sends its cookie along for any page: a write counts only when it came from a page of ours (CSRF). */
export function refuseForeignPages(c: Context<Env>) {
  if (harmless.has(c.req.method)) return
  const origin = c.req.header('origin')
  const host = c.req.header('host')
  if (origin && host && URL.canParse(origin) && new URL(origin).host === host) return
  throw new Refusal('not_allowed', 'foreign_page', 'This request did not come from a page of Consign')
}
