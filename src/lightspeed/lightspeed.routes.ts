import { Hono, type Context, type Next } from 'hono'
import { getCookie } from 'hono/cookie'
import { z } from 'zod'
import { must } from '../context.ts'
import type { Env } from '../http/env.ts'
import { originOf, sessionCookie, signedIn } from '../http/sign-in.ts'
import { valid } from '../http/valid.ts'
import { Refusal } from '../kernel/refusal.ts'
import { checkEndpoints } from './checking.actions.ts'
import { beginConnection, finishConnection } from './connecting.actions.ts'
import type { OAuth } from './oauth.ts'
import { authorization, endpointChecks, link, linkCheck } from './lightspeed.shapes.ts'
import { doorsOf } from '../http/describing.ts'

const about = doorsOf('lightspeed')

const onward = {
  description: 'Go there',
  headers: { Location: { schema: { type: 'string', format: 'uri-reference' }, required: true } },
} as const

export const lightspeedRoutes = new Hono<Env>()
  .get(
    '/api/v1/lightspeed',
    about('Which retailer is mirrored, and whether it is connected', { 200: link }),
    async (c) => {
      must(c.var.actor, 'sync:read')
      return c.json(await c.var.house.lightspeed.describe())
    },
  )
  .post(
    '/api/v1/lightspeed/checks',
    about('Ask Lightspeed now: does it answer, does it let us in', { 200: linkCheck }, { 502: [] }),
    async (c) => {
      must(c.var.actor, 'sync:read')
      return c.json(await c.var.house.lightspeed.check({ fresh: true, correlationId: c.var.correlationId }))
    },
  )
  .post(
    '/api/v1/lightspeed/endpoint-checks',
    about(
      'Ask each collection that the mirror reads for one record: which answer',
      { 200: endpointChecks },
      { 502: [] },
    ),
    async (c) => c.json(await checkEndpoints(c.var.context, c.var.house.lightspeed.client)),
  )
  .post(
    '/api/v1/lightspeed/authorizations',
    about('Begin to connect by OAuth: where to send the person', { 201: authorization }, { 422: ['not_by_oauth'] }),
    async (c) => c.json(await beginConnection(oauthFor(c), c.var.actor, callbackUrl(c)), 201),
  )

const callback = z.object({
  code: z.string().max(2000).optional(),
  state: z.string().max(200).optional(),
  domain_prefix: z.string().max(200).optional(),
  error: z.string().max(200).optional(),
})

const backFromLightspeed = about(
  'Where Lightspeed sends somebody back to who has connected it',
  { 302: onward },
  {},
  { isOpen: true },
)

/** The two addresses that a browser itself goes to: to Lightspeed, and back from there. */
export const connectingRoutes = new Hono<Env>()
  .get(
    '/lightspeed/connect',
    about('Go to Lightspeed, to connect it', { 302: onward }, { 422: ['not_by_oauth'] }),
    strangersToTheFront,
    signedIn,
    leaveForLightspeed,
  )
  .get('/lightspeed/callback', backFromLightspeed, valid('query', callback), async (c) => {
    const refusal = await finishConnection(oauthOf(c), c.req.valid('query'), c.var.correlationId).then(
      () => undefined,
      lawfulNo,
    )
    return c.redirect(refusal ? `/?not-connected=${refusal.code}` : '/')
  })

/** Whoever comes back from Lightspeed sees a page: it puts the reason into words. */
function lawfulNo(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  throw error
}

async function leaveForLightspeed(c: Context<Env>) {
  const { url } = await beginConnection(oauthFor(c), c.var.actor, callbackUrl(c))
  return c.redirect(url)
}

/** A browser that is not signed in yet is shown the page where it can. */
async function strangersToTheFront(c: Context<Env>, next: Next) {
  return getCookie(c, sessionCookie) || c.req.header('authorization') ? next() : c.redirect('/')
}

/** Who may not connect is told that first. */
function oauthFor(c: Context<Env>): OAuth {
  must(c.var.actor, 'lightspeed:connect')
  return oauthOf(c)
}

function oauthOf(c: Context<Env>): OAuth {
  const { oauth } = c.var.house.lightspeed
  if (oauth) return oauth
  const cure = 'set LIGHTSPEED_CLIENT_ID and LIGHTSPEED_CLIENT_SECRET, without LIGHTSPEED_TOKEN'
  throw new Refusal('not_lawful', 'not_by_oauth', `This Consign does not connect to Lightspeed by OAuth: ${cure}`)
}

function callbackUrl(c: Context<Env>): string {
  return `${originOf(c)}/lightspeed/callback`
}
