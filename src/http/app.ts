import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { auditRoutes } from '../audit/audit.routes.ts'
import type { House } from '../house.ts'
import { Refusal } from '../kernel/refusal.ts'
import { connectingRoutes, lightspeedRoutes } from '../lightspeed/lightspeed.routes.ts'
import { jobsRoutes } from '../jobs/jobs.routes.ts'
import { rowsRoutes } from '../mirror/rows.routes.ts'
import { syncRoutes } from '../mirror/sync.routes.ts'
import { healthRoutes } from '../ops/health.routes.ts'
import { webhookDoors } from '../webhooks/doors.routes.ts'
import { webhookRoutes } from '../webhooks/webhooks.routes.ts'
import { signInRoutes } from '../people/sign-in.routes.ts'
import { tokenRoutes } from '../people/tokens.routes.ts'
import { correlated } from './correlation.ts'
import { describe } from './description.ts'
import type { Env } from './env.ts'
import { openLimiter } from './limiter.ts'
import { pages } from './pages.ts'
import { answerProblem, problemFor } from './problem.ts'
import { limitedBadSignatures, limitedByAddress } from './rate-limit.ts'
import { countedOpenly, signedIn } from './sign-in.ts'

/** The slices that anyone may ask, and those for who is signed in. */
const openSlices = [healthRoutes, signInRoutes, connectingRoutes] as const
const guardedSlices = [
  syncRoutes,
  rowsRoutes,
  jobsRoutes,
  lightspeedRoutes,
  webhookRoutes,
  auditRoutes,
  tokenRoutes,
] as const

type Slice = (typeof openSlices)[number] | (typeof guardedSlices)[number] | ReturnType<typeof webhookDoors>
type SchemaOf<App> = App extends Hono<Env, infer Schema> ? Schema : never

/** What clients may ask for. Taken from the slices and not from the whole app: a seventh of the work for the checker. */
export type Api = Hono<Env, SchemaOf<Slice>>

const largestBodyBytes = 1024 * 1024

/** For everyone, so counted by address; health and metrics are asked by machines of our own and cost little. */
const openPaths = ['/api/v1/session', '/api/openapi.json', '/api/docs', '/lightspeed/callback']

/** The one door: pages, command and tests are clients of this app. */
export function buildApp(house: House): Hono<Env> {
  const limiter = openLimiter(house.database.db)
  const open = new Hono<Env>()
  for (const slice of [...openSlices, webhookDoors(house)]) open.route('/', slice)
  const guarded = new Hono<Env>().use('/api/v1/*', signedIn)
  for (const slice of guardedSlices) guarded.route('/', slice)
  const described = new Hono<Env>().route('/', open).route('/', guarded)
  const app = new Hono<Env>()
  app.use(correlated)
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
      },
    }),
  )
  app.use(bodyLimit({ maxSize: largestBodyBytes, onError: tooLarge }))
  app.use(async (c, next) => {
    c.set('house', house)
    c.set('limiter', limiter)
    await next()
  })
  app.onError((error, c) => {
    const problem = problemFor(error)
    if (problem.status >= 500) house.log.error({ error, correlationId: c.var.correlationId }, 'A request failed')
    return answerProblem(problem)
  })
  app.notFound((c) =>
    answerProblem(problemFor(new Refusal('not_found', 'path_unknown', `There is nothing at ${c.req.path}`))),
  )
  app.use('/api/sync', limitedByAddress)
  app.use('/webhooks/*', limitedBadSignatures)
  for (const path of openPaths) app.use(path, countedOpenly)
  return app
    .route('/', open)
    .get('/api/openapi.json', async (c) => c.json(await describe(described)))
    .route('/', guarded)
    .route('/', pages())
}

function tooLarge(): Response {
  const details = { largestBodyBytes }
  return answerProblem({
    type: 'urn:consign:problem:body_too_large',
    title: 'Too large',
    status: 413,
    detail: `The request is larger than ${largestBodyBytes} bytes`,
    code: 'body_too_large',
    details,
  })
}
