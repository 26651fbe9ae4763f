import type { Context, Hono, Next } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { inEnvelope } from '../compat/envelope.ts'
import type { House } from '../house.ts'
import { Refusal } from '../kernel/refusal.ts'
import { bodyWithin } from './body-size.ts'
import { correlated } from './correlation.ts'
import type { Env } from './env.ts'
import { openLimiter } from './limiter.ts'
import { answerProblem, problemFor, tooLarge } from './problem.ts'
import { limitedBadSignatures, limitedByAddress } from './rate-limit.ts'
import { countedOpenly } from './sign-in.ts'
import { streamLimit } from './streams.ts'

const largestBodyBytes = 1024 * 1024

/** For everyone, so counted by address; health and metrics are asked by machines of our own and cost little. */
const openPaths = ['/api/v1/session', '/api/openapi.json', '/api/docs', '/lightspeed/callback']

/** What holds for every request, whatever it asks: its id, headers, limits, and how it is refused. */
export function keepManners(app: Hono<Env>, house: House) {
  const limiter = openLimiter(house.database.db)
  app.use(correlated)
  app.use('/api/v1/evidence/*', asForeignFile)
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
      },
    }),
  )
  app.use('/api/sync', inEnvelope)
  app.use(bodyWithin(largestBodyBytes, () => tooLarge(largestBodyBytes)))
  app.use(async (c, next) => {
    c.set('house', house)
    c.set('limiter', limiter)
    await next()
  })
  app.use(readable)
  app.use('/api/sync', limitedByAddress)
  app.use('/webhooks/*', limitedBadSignatures)
  for (const path of openPaths) app.use(path, countedOpenly)
  app.onError((error, c) => {
    const problem = problemFor(error)
    if (problem.status >= 500) house.log.error({ error, correlationId: c.var.correlationId }, 'A request failed')
    return answerProblem(problem)
  })
  app.notFound((c) =>
    answerProblem(problemFor(new Refusal('not_found', 'path_unknown', `There is nothing at ${c.req.path}`))),
  )
}

/**
 * What no route could make sense of: a NUL in the address, a body of a form that is not the one asked for. The doors of
 * webhooks keep whatever is signed, so they look for themselves.
 */
async function readable(c: Context<Env>, next: Next) {
  const isWebhook = c.req.path.startsWith('/webhooks/')
  if (!isWebhook && /%00/.test(c.req.url))
    throw new Refusal('unreadable', 'request_unreadable', 'The address holds a NUL character')
  const isJson = /^application\/([\w.-]+\+)?json\b/i.test(c.req.header('content-type') ?? '')
  if (!isJson && streamLimit(c.req) === undefined && c.req.path.startsWith('/api/v1/') && hasBody(c))
    throw new Refusal('unreadable', 'request_unreadable', 'Send the body as JSON: `Content-Type: application/json`')
  await next()
}

/** What people sent is shown as a picture at most: even if it were a page, nothing in it would run. */
async function asForeignFile(c: Context<Env>, next: Next) {
  await next()
  c.header('content-security-policy', "default-src 'none'; sandbox")
}

/** By what its headers tell: a POST that says nothing has a stream too, and looking there unpacks the request. */
function hasBody({ req }: Context<Env>): boolean {
  const told = ['content-type', 'transfer-encoding'].some((name) => req.header(name) !== undefined)
  return told || Number(req.header('content-length') ?? 0) > 0
}
