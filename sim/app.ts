import { Hono } from 'hono'
import { mountConsignments } from './consignments.ts'
import type { SimApp, SimContext, SimEnv } from './context.ts'
import { controlRoutes } from './control.ts'
import { customerRoutes } from './customers.ts'
import { labelRoutes } from './labels.ts'
import { productRoutes } from './products.ts'
import { registerSaleRoutes } from './register-sales.ts'
import { registerRoutes } from './registers.ts'
import { searchRoutes } from './search.ts'
import { stockAdjustmentRoutes } from './stock-adjustments.ts'
import { gate } from './gate.ts'
import { harm } from './harm.ts'
import { listRoutes } from './lists.ts'
import { oauthRoutes } from './oauth.ts'
import { prepared } from './prepared.ts'
import type { Quota } from './rate-limit.ts'
import { readRoutes } from './reads.ts'
import { recording, type RequestLog } from './request-log.ts'
import { Refused } from './refused.ts'
import type { OpenStore } from './store.ts'
import type { Tokens } from './tokens.ts'
import { mountWebhooks } from './webhooks.ts'

const resources = [
  productRoutes,
  labelRoutes,
  customerRoutes,
  registerRoutes,
  registerSaleRoutes,
  stockAdjustmentRoutes,
  searchRoutes,
  readRoutes,
  listRoutes,
]

export type Parts = {
  context: SimContext
  store: OpenStore
  tokens: Tokens
  requests: RequestLog
  quota: (app: string) => Quota
  identity: { seed: number; scale: string }
  prepared: boolean
}

/** The simulated Lightspeed: the doors of the data, of the tokens, and `/sim` to play tricks. */
export function buildApp(parts: Parts): SimApp {
  const { context, tokens, requests, quota } = parts
  const { store, judgments, trouble, domainPrefix } = context
  const app: SimApp = new Hono<SimEnv>()
  app.onError((error, c) => {
    if (error instanceof Refused) return c.json(error.body, error.status)
    console.error(error)
    return c.json({ error: 'Internal Server Error', message: error.message }, 500)
  })
  app.notFound((c) => c.json({ error: 'Not Found', message: `Nothing answers ${c.req.method} ${c.req.path}` }, 404))

  app.route('/', controlRoutes(parts))
  app.use('/connect', recording(requests))
  app.use(
    '/api/*',
    recording(requests),
    harm(trouble, () => store.now()),
  )
  app.route('/', oauthRoutes({ store, judgments, domainPrefix, tokens }))
  app.use('/api/*', gate({ tokens, judgments, trouble, quota }))
  if (parts.prepared) app.use('/api/2.0/*', prepared(store))
  for (const routes of resources) app.route('/', routes(context))
  mountConsignments(app, context)
  mountWebhooks(app, context)
  return app
}
