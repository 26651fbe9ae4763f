import { Hono, type Context } from 'hono'
import type { SimContext, SimEnv } from './context.ts'
import type { Grant, Tokens } from './tokens.ts'

type Given = Pick<SimContext, 'store' | 'judgments' | 'domainPrefix'> & { tokens: Tokens }

/** Authorization and tokens: `GET /connect` says yes at once, `?deny=1` says no. */
export function oauthRoutes(given: Given): Hono<SimEnv> {
  return new Hono<SimEnv>()
    .get('/connect', (c) => connect(c, given))
    .post('/api/1.0/token', async (c) => {
      const remaining = tokenQuota(c, given)
      if (remaining < 0) return c.json({ error: 'Too Many Requests', message: 'Rate limiting enforced' }, 429)
      return token(c, given, await c.req.parseBody())
    })
}

function connect(c: Context<SimEnv>, { tokens, domainPrefix }: Given): Response {
  const { redirect_uri: redirectUri = '', client_id: clientId, state = '', scope = '' } = c.req.query()
  if (clientId !== tokens.clientId)
    return c.json({ error: 'invalid_client', error_description: 'Unknown client_id.' }, 400)
  if (!URL.canParse(redirectUri) || c.req.query('response_type') !== 'code') {
    return c.json(
      { error: 'invalid_request', error_description: 'response_type=code and a redirect_uri are needed.' },
      400,
    )
  }
  const back = new URL(redirectUri)
  if (c.req.query('deny') === undefined) {
    back.searchParams.set('code', tokens.authorize({ redirectUri, scope }))
    back.searchParams.set('domain_prefix', domainPrefix)
  } else {
    back.searchParams.set('error', 'access_denied')
  }
  back.searchParams.set('state', state)
  return c.redirect(back.href, 302)
}

function token(c: Context<SimEnv>, given: Given, form: { [field: string]: unknown }): Response {
  const { tokens, judgments } = given
  const refuse = (error: string, description: string) =>
    c.json({ error, error_description: description }, judgments.oauthRefusalStatus)

  if (form['client_id'] !== tokens.clientId || form['client_secret'] !== tokens.clientSecret) {
    return refuse('invalid_client', 'Client authentication failed.')
  }
  if (form['grant_type'] === 'authorization_code') {
    const grant = tokens.exchange({ code: String(form['code']), redirectUri: String(form['redirect_uri']) })
    return grant ? c.json(answer(grant, given)) : refuse('invalid_grant', 'The authorization code is invalid.')
  }
  if (form['grant_type'] === 'refresh_token') {
    const grant = tokens.refresh(String(form['refresh_token']))
    return grant ? c.json(answer(grant, given)) : refuse('invalid_grant', 'The refresh token is invalid.')
  }
  return refuse('unsupported_grant_type', 'The grant type is not supported.')
}

function answer(grant: Grant, { store, domainPrefix }: Given): { [field: string]: unknown } {
  return {
    access_token: grant.accessToken,
    token_type: 'Bearer',
    expires: Math.floor(grant.expiresAt / 1000),
    expires_in: Math.round((grant.expiresAt - store.now().getTime()) / 1000),
    ...(grant.refreshToken === undefined ? {} : { refresh_token: grant.refreshToken }),
    domain_prefix: domainPrefix,
    scope: grant.scope,
  }
}

const windows = new WeakMap<Tokens, { minute: number; used: number }>()

/** Counts a request to the token endpoint and says how many are left in this minute; below 0 it is refused. */
function tokenQuota(c: Context<SimEnv>, { store, judgments, tokens }: Given): number {
  const minute = Math.floor(store.now().getTime() / 60_000)
  const last = windows.get(tokens)
  const used = last?.minute === minute ? last.used + 1 : 1
  windows.set(tokens, { minute, used })
  const remaining = judgments.oauthRequestsPerMinute - used
  c.header('X-RateLimit-Limit', String(judgments.oauthRequestsPerMinute))
  c.header('X-RateLimit-Remaining', String(Math.max(0, remaining)))
  c.header('X-RateLimit-Reset', String((minute + 1) * 60))
  return remaining
}
