import { Hono } from 'hono'
import { z } from 'zod'
import { auditRoutes } from '../audit/audit.routes.ts'
import { bridgeRoutes } from '../bridge/bridge.routes.ts'
import { caseRoutes } from '../cases/cases.routes.ts'
import { caseRuleRoutes } from '../cases/rules.routes.ts'
import { decidingRoutes } from '../cases/deciding.routes.ts'
import { compatRoutes } from '../compat/compat.routes.ts'
import { approvalRoutes } from '../consignments/approvals.routes.ts'
import { attentionRoutes } from '../consignments/attention.routes.ts'
import { bulkRoutes } from '../consignments/bulk.routes.ts'
import { consignmentRoutes } from '../consignments/consignments.routes.ts'
import { evidenceRoutes } from '../evidence/evidence.routes.ts'
import { evidenceRuleRoutes } from '../evidence/rules.routes.ts'
import { ticketedRoutes } from '../evidence/ticketed.routes.ts'
import { ticketRoutes } from '../evidence/tickets.routes.ts'
import { mergingRoutes } from '../consignments/merging.routes.ts'
import { lineRoutes } from '../consignments/lines.routes.ts'
import { transitionRoutes } from '../consignments/transitions.routes.ts'
import type { House } from '../house.ts'
import { connectingRoutes, lightspeedRoutes } from '../lightspeed/lightspeed.routes.ts'
import { deadLetterRoutes } from '../jobs/dead-letters.routes.ts'
import { jobsRoutes } from '../jobs/jobs.routes.ts'
import { scheduleRoutes } from '../jobs/schedules.routes.ts'
import { historyRoutes } from '../mirror/history.routes.ts'
import { reconciliationRoutes } from '../mirror/reconciliations.routes.ts'
import { rowsRoutes } from '../mirror/rows.routes.ts'
import { syncRoutes } from '../mirror/sync.routes.ts'
import { alertRoutes } from '../ops/alerts.routes.ts'
import { gradeRoutes } from '../ops/grade.routes.ts'
import { cleaningRoutes } from '../ops/cleaning.routes.ts'
import { healthRoutes } from '../ops/health.routes.ts'
import { metricsRoutes } from '../ops/metrics.routes.ts'
import { inventoryRoutes } from '../inventory/inventory.routes.ts'
import { productRoutes } from '../products/changing.routes.ts'
import { supplierRoutes } from '../suppliers/suppliers.routes.ts'
import { writeRoutes } from '../writes/writes.routes.ts'
import { scanRoutes } from '../products/scanning.routes.ts'
import { searchRoutes } from '../products/searching.routes.ts'
import { deliveryRoutes } from '../receiving/deliveries.routes.ts'
import { receiptRoutes } from '../receiving/receipts.routes.ts'
import { recountRoutes } from '../receiving/recounts.routes.ts'
import { webhookDoors } from '../webhooks/doors.routes.ts'
import { webhookRoutes } from '../webhooks/webhooks.routes.ts'
import { availabilityRoutes } from '../availability/availability.routes.ts'
import { boxRoutes } from '../packing/boxes.routes.ts'
import { packDraftRoutes } from '../packing/drafts.routes.ts'
import { packingSlipRoutes } from '../packing/slip.routes.ts'
import { packLockRoutes } from '../packing/lock.routes.ts'
import { requestRoutes } from '../requesting/requests.routes.ts'
import { returnRoutes } from '../returning/returns.routes.ts'
import { signInRoutes } from '../people/sign-in.routes.ts'
import { roleRoutes } from '../people/roles.routes.ts'
import { tokenRoutes } from '../people/tokens.routes.ts'
import { dailyCountRoutes } from '../stocktakes/daily.routes.ts'
import { reviewingRoutes } from '../stocktakes/reviewing.routes.ts'
import { stocktakeRoutes } from '../stocktakes/stocktakes.routes.ts'
import { statusRoutes } from '../status/status.routes.ts'
import { doorsOf, told } from './describing.ts'
import { describe } from './description.ts'
import type { Env } from './env.ts'
import { doneOnce } from './idempotency.ts'
import { keepManners } from './manners.ts'
import { onlyKnownMethods } from './methods.ts'
import { pages } from './pages.ts'
import { referencePage } from './reference.ts'
import { signedIn } from './sign-in.ts'

/** The slices that anyone may ask, and those for who is signed in. */
const openSlices = [healthRoutes, signInRoutes, connectingRoutes, ticketedRoutes] as const
const guardedSlices = [
  syncRoutes,
  reconciliationRoutes,
  historyRoutes,
  cleaningRoutes,
  rowsRoutes,
  jobsRoutes,
  deadLetterRoutes,
  scheduleRoutes,
  lightspeedRoutes,
  webhookRoutes,
  auditRoutes,
  tokenRoutes,
  roleRoutes,
  gradeRoutes,
  alertRoutes,
  attentionRoutes,
  bulkRoutes,
  consignmentRoutes,
  lineRoutes,
  mergingRoutes,
  transitionRoutes,
  approvalRoutes,
  stocktakeRoutes,
  reviewingRoutes,
  dailyCountRoutes,
  bridgeRoutes,
  searchRoutes,
  scanRoutes,
  caseRoutes,
  caseRuleRoutes,
  boxRoutes,
  packLockRoutes,
  packDraftRoutes,
  packingSlipRoutes,
  deliveryRoutes,
  decidingRoutes,
  availabilityRoutes,
  returnRoutes,
  requestRoutes,
  evidenceRoutes,
  evidenceRuleRoutes,
  ticketRoutes,
  receiptRoutes,
  recountRoutes,
  productRoutes,
  inventoryRoutes,
  supplierRoutes,
  writeRoutes,
] as const

type Slice =
  | (typeof openSlices)[number]
  | (typeof guardedSlices)[number]
  | ReturnType<typeof webhookDoors>
  | ReturnType<typeof statusRoutes>
type SchemaOf<App> = App extends Hono<Env, infer Schema> ? Schema : never

/** What clients may ask for. Taken from the slices and not from the whole app: a seventh of the work for the checker. */
export type Api = Hono<Env, SchemaOf<Slice>>

const page = { description: 'A page', content: { 'text/html': { schema: { type: 'string' } } } } as const
const about = doorsOf('description')
const openly = { isOpen: true }
const papersOf = {
  description: about(
    'This description',
    { 200: told(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1') },
    {},
    openly,
  ),
  page: about('The same as a page to read', { 200: page }, {}, openly),
}

/** The one door: pages, command and tests are clients of this app. */
export function buildApp(house: House): Hono<Env> {
  const open = new Hono<Env>()
  for (const slice of [...openSlices, metricsRoutes(house), webhookDoors(house)]) open.route('/', slice)
  const doors = onlyKnownMethods(() => [...open.routes, ...guarded.routes])
  const guarded: Hono<Env> = new Hono<Env>().use('/api/v1/*', signedIn, doors, doneOnce)
  for (const slice of [...guardedSlices, statusRoutes(house)]) guarded.route('/', slice)
  const described = new Hono<Env>()
  const papers = new Hono<Env>()
    .get('/api/openapi.json', papersOf.description, async (c) => c.json(await describe(described)))
    .get('/api/docs', papersOf.page, async (c) => c.html(referencePage(await describe(described))))
  described.route('/', open).route('/', papers).route('/', compatRoutes).route('/', guarded)
  const app = new Hono<Env>()
  keepManners(app, house)
  return app.route('/', open).route('/', papers).route('/', compatRoutes).route('/', guarded).route('/', pages())
}
