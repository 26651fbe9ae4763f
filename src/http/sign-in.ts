import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Actor } from '../context.ts'
import { Refusal } from '../kernel/refusal.ts'
import { actorOfSession, actorOfToken, hashOf, type Door } from '../people/sign-in.actions.ts'
import { publicOrigin } from './address.rules.ts'
import type { Env } from './env.ts'
import { countForAddress, countForCaller } from './rate-limit.ts'

export const sessionCookie = 'consign_session'

/** Lets in who has a token (`Authorization: Bearer`) or a session; everyone else is told how to come in. */
export const signedIn = createMiddleware<Env>(async (c, next) => {
  const house = c.var.house
  const { actor, key, credential } = await whoAsks(c)
  await countForCaller(c, key)
  c.set('actor', actor)
  c.set('credential', credential)
  const { database, log, wakeRunner } = house
  c.set('context', { database, actor, correlationId: c.var.correlationId, log, wakeRunner })
  await next()
})

export function doorOf(c: Context<Env>): Door {
  const { database, config } = c.var.house
  return { db: database.db, adminToken: config.adminToken, now: new Date(), correlationId: c.var.correlationId }
}

/** For doors that need no sign-in: who has a session is counted as such, a stranger by address. */
export const countedOpenly = createMiddleware<Env>(async (c, next) => {
  const caller = await callerBySession(c)
  await (caller ? countForCaller(c, caller.key) : countForAddress(c))
  await next()
})

/** Who is known, and by what its requests are counted. */
type Caller = { actor: Actor; key: string; credential: string }

async function whoAsks(c: Context<Env>): Promise<Caller> {
  const [scheme, token] = (c.req.header('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() === 'bearer' && token) return callerByToken(c, token)
  const caller = await callerBySession(c)
  if (caller) {
    refuseForeignPages(c)
    return caller
  }
  await countForAddress(c)
  throw new Refusal('not_signed_in', 'sign_in_needed', 'Sign in first, or send `Authorization: Bearer <token>`')
}

/** Whoever tries tokens is counted by address, and soon waits. */
async function callerByToken(c: Context<Env>, token: string): Promise<Caller> {
  try {
    const actor = await actorOfToken(doorOf(c), token)
    return { actor, key: `token:${actor.id}`, credential: token }
  } catch (error) {
    if (error instanceof Refusal) await countForAddress(c)
    throw error
  }
}

async function callerBySession(c: Context<Env>): Promise<Caller | undefined> {
  const session = getCookie(c, sessionCookie)
  const actor = session ? await actorOfSession(doorOf(c), session) : undefined
  return session && actor
    ? { actor, key: `session:${hashOf(session).toString('hex').slice(0, 32)}`, credential: session }
    : undefined
}

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A browser sends its cookie along for any page: a write counts only when it came from a page of ours (CSRF). */
export function refuseForeignPages(c: Context<Env>) {
  if (harmless.has(c.req.method)) return
  const origin = c.req.header('origin')
  if (origin && URL.canParse(origin) && hostsOfOurs(c).has(new URL(origin).host)) return
  throw new Refusal('not_allowed', 'foreign_page', 'This request did not come from a page of Consign')
}

/** The name that the request was sent to, and behind a proxy the one that the browser knows us by. */
function hostsOfOurs(c: Context<Env>): Set<string | undefined> {
  const { config } = c.var.house
  const publicHost = config.proxies > 0 ? new URL(originOf(c)).host : undefined
  return new Set([c.req.header('host'), publicHost])
}

/** Where the browser finds us: https behind a proxy with TLS that is trusted (TRUSTED_PROXIES). */
export function originOf(c: Context<Env>): string {
  const reached = {
    url: c.req.url,
    forwardedProto: c.req.header('x-forwarded-proto'),
    forwardedHost: c.req.header('x-forwarded-host'),
  }
  return publicOrigin(reached, c.var.house.config.proxies)
}
