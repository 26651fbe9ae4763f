import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import type { Actor } from '../context.ts'
import type { Env } from '../http/env.ts'
import { connectionAddress } from '../http/rate-limit.ts'
import { doorOf, originOf, refuseForeignPages, sessionCookie } from '../http/sign-in.ts'
import { valid } from '../http/valid.ts'
import { Refusal } from '../kernel/refusal.ts'
import { actorOfSession, actorOfToken, administrator, closeSession, openSession } from './sign-in.actions.ts'
import { session as sessionShape } from './people.shapes.ts'
import { doorsOf, told } from '../http/describing.ts'

const signIn = z.object({ token: z.string().max(500).optional() })

const about = doorsOf('session')
const cookie = { 'Set-Cookie': { schema: { type: 'string' }, required: true } } as const

export const signInRoutes = new Hono<Env>()
  .get('/api/v1/session', about('Who is signed in', { 200: sessionShape }, {}, { isOpen: true }), async (c) => {
    const session = getCookie(c, sessionCookie)
    const actor = session ? await actorOfSession(doorOf(c), session) : undefined
    return c.json({ signedIn: actor !== undefined, name: actor?.name ?? null, open: isOpenHouse(c) })
  })
  .post(
    '/api/v1/session',
    about(
      'Sign in with a token',
      { 201: told(sessionShape, 'Signed in', cookie) },
      { 401: ['sign_in_needed', 'token_not_valid'], 403: ['foreign_page', 'session_needs_administrator'] },
      { isOpen: true },
    ),
    valid('json', signIn),
    async (c) => {
      refuseForeignPages(c)
      const { sessionToken, expiresAt } = await openSession(
        doorOf(c),
        await actorWhoSignsIn(c, c.req.valid('json').token),
      )
      const secure = originOf(c).startsWith('https:')
      setCookie(c, sessionCookie, sessionToken, {
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        expires: expiresAt,
        secure,
      })
      return c.json({ signedIn: true, name: administrator.name, open: isOpenHouse(c) }, 201)
    },
  )
  .delete(
    '/api/v1/session',
    about('Sign out', { 200: sessionShape }, { 403: ['foreign_page'] }, { isOpen: true }),
    async (c) => {
      refuseForeignPages(c)
      const session = getCookie(c, sessionCookie)
      if (session) await closeSession(doorOf(c), session)
      deleteCookie(c, sessionCookie, { path: '/' })
      return c.json({ signedIn: false, name: null, open: isOpenHouse(c) })
    },
  )

async function actorWhoSignsIn(c: Context<Env>, token: string | undefined): Promise<Actor> {
  if (token !== undefined) return actorOfToken(doorOf(c), token)
  if (isOpenHouse(c)) return administrator
  throw new Refusal(
    'not_signed_in',
    'sign_in_needed',
    'Give the token that the first start printed, or CONSIGN_ADMIN_TOKEN',
  )
}

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const localName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/**
 * A simulated shop, looked at from the machine it runs on, needs no key: there is nothing in it to protect. The name in
 * the address is checked too, so that a foreign page cannot lead a browser here under a name of its own, and a proxy's
 * visitors are not taken for local ones.
 */
function isOpenHouse(c: Context<Env>): boolean {
  if (c.var.house.config.lightspeed.kind !== 'simulator') return false
  if (c.req.header('x-forwarded-for') ?? c.req.header('forwarded')) return false
  return localName.test(c.req.header('host') ?? '') && loopback.test(connectionAddress(c))
}
