import type { MiddlewareHandler } from 'hono'
import type { SimEnv } from './context.ts'
import type { Judgments } from './judgments.ts'
import type { Quota } from './rate-limit.ts'
import { scopeFor } from './scopes.ts'
import type { Tokens } from './tokens.ts'
import type { Trouble } from './trouble.ts'

type Given = { tokens: Tokens; judgments: Judgments; trouble: Trouble; quota: (app: string) => Quota }

/** Who asks, how often, and whether they may: 401, 429 or 403 before the resource is reached. */
export function gate({ tokens, judgments, trouble, quota }: Given): MiddlewareHandler<SimEnv> {
  return async (c, next) => {
    const presented = /^Bearer (.+)$/i.exec(c.req.header('Authorization') ?? '')?.[1]
    const bearer = presented === undefined ? undefined : tokens.bearer(presented)
    const expires = bearer && trouble.take('expire_token', { path: c.req.path, method: c.req.method })
    if (expires) bearer.expire()
    if (!bearer || expires) return c.json({ error: 'Access token is not valid' }, 401)

    const { limit, remaining, refusedUntil } = quota(bearer.app)
    c.header('x-ratelimit-limit', String(limit))
    c.header('x-ratelimit-remaining', String(remaining))
    if (refusedUntil) {
      c.header('Retry-After', refusedUntil.toUTCString())
      return c.json({ error: 'Too Many Requests', message: 'Rate limiting enforced' }, 429)
    }

    const allows = (scope: string) => !judgments.scopesEnforced || bearer.allows(scope)
    const needed = scopeFor(c.req.method, c.req.path)
    if (needed !== undefined && !allows(needed)) {
      return c.json({ error: 'user missing required permissions', message: `The token lacks the scope ${needed}` }, 403)
    }
    c.set('allows', allows)
    return next()
  }
}
