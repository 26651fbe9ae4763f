import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openSim, type Sim } from '#sim/server.ts'
import { runInSecondProcess } from '#test/lightspeed-process.ts'
import { openWorld } from '#test/world.ts'
import type { Actor } from '../context.ts'
import { openBudget } from './budget.ts'
import { openLightspeed, type LogLine } from './client.ts'
import { beginConnection, finishConnection, type Callback } from './connecting.actions.ts'
import { oauthCredentials } from './credentials.ts'
import { endpoints } from './endpoints.ts'
import { findConnection } from './oauth.store.ts'
import type { OAuth } from './oauth.ts'
import { sealingKey } from './seal.ts'

const administrator: Actor = { id: 'a1', name: 'Ana', scopes: ['*'] }
const redirectUri = 'http://localhost:3000/lightspeed/callback'
const secretKey = 'a secret of sixteen or more'

test('an administrator connects the shop, and its products can be read', async () => {
  await using shop = await openShop()

  assert.deepEqual(await shop.connect(), { domainPrefix: shop.sim.domainPrefix })

  assert.ok((await shop.lightspeed.list(endpoints.outlets)).records.length > 0)
  const stored = JSON.stringify(await shop.world.db.selectFrom('lightspeed_connection').selectAll().execute())
  assert.doesNotMatch(stored, /lsxs_/)
})

test('connecting needs the right to connect', async () => {
  await using shop = await openShop()
  const seller: Actor = { id: 's1', name: 'Sam', scopes: ['sync:read'] }
  await assert.rejects(beginConnection(shop.oauth, seller, redirectUri), { code: 'scope_missing' })
})

test('a way back from Lightspeed is good once, and not if it began elsewhere', async () => {
  await using shop = await openShop()
  const back = await shop.comeBack()
  await finishConnection(shop.oauth, back, 'a-visit')
  await assert.rejects(finishConnection(shop.oauth, back, 'a-visit'), { code: 'state_unknown' })
  await assert.rejects(finishConnection(shop.oauth, { ...back, state: 'made-up' }, 'a-visit'), {
    code: 'state_unknown',
  })
})

test('the audit tells who connected the shop, and no token', async () => {
  await using shop = await openShop()
  await shop.connect()
  const entries = await shop.world.db.selectFrom('audit').selectAll().execute()
  assert.deepEqual(
    entries.map(({ action, entity, actor, correlation_id: correlation, before }) => [
      action,
      entity,
      actor,
      correlation,
      before,
    ]),
    [['lightspeed.connected', 'lightspeed_connection', 'a1', 'a-visit', null]],
  )
  assert.doesNotMatch(JSON.stringify(entries), /token|lsxs_/)
})

test('a way back that took longer than ten minutes is not good any more', async () => {
  await using shop = await openShop()
  const back = await shop.comeBack()
  await shop.world.db.updateTable('lightspeed_authorization').set({ expires_at: new Date() }).execute()
  await assert.rejects(finishConnection(shop.oauth, back, 'a-visit'), { code: 'state_unknown' })
})

test('a shopkeeper who says no is understood', async () => {
  await using shop = await openShop()
  const back = await shop.comeBack('&deny=1')
  await assert.rejects(finishConnection(shop.oauth, back, 'a-visit'), {
    code: 'connection_denied',
    message: /access_denied/,
  })
})

test('no host can be smuggled in as a shop', async () => {
  await using shop = await openShop()
  const back = await shop.comeBack()
  const forged = { ...back, domain_prefix: 'evil.example/' }
  await assert.rejects(finishConnection(shop.oauth, forged, 'a-visit'), { code: 'domain_prefix_wrong' })
})

test('another shop is not mixed into this one’s mirror', async () => {
  await using shop = await openShop()
  const back = await shop.comeBack()
  const other = finishConnection({ ...shop.oauth, domainPrefix: 'another-shop' }, back, 'a-visit')
  await assert.rejects(other, { code: 'other_retailer', message: /another-shop/ })
})

test('a token that ends in mid-sync is renewed once, though ten requests need it', async () => {
  await using shop = await openShop()
  await shop.connect()
  await shop.lightspeed.list(endpoints.outlets)
  await shop.endToken()

  const pages = await Promise.all(Array.from({ length: 10 }, () => shop.lightspeed.list(endpoints.outlets)))

  assert.equal(pages.length, 10)
  assert.equal(shop.renewals(), 1)
  assert.doesNotMatch(JSON.stringify(shop.log), /lsxs_|sim_secret/)
})

test('two processes whose token ends renew it once: the second waits for the first', async () => {
  await using shop = await openShop()
  await shop.connect()
  await shop.lightspeed.list(endpoints.outlets)
  await shop.endToken()
  const slowness = shop.sim.trouble({ kind: 'slow', path: '/api/1.0/token', ms: 700 })
  const job = { databaseUrl: shop.world.databaseUrl, origin: shop.sim.url, name: 'hub', lanes: 5, requestsALane: 2 }
  const other = runInSecondProcess({ ...job, forMs: 20_000, oauth: { ...shop.oauth.app, secretKey } })
  while (slowness.struck() === 0) await new Promise((resolve) => setTimeout(resolve, 5))

  await Promise.all(Array.from({ length: 5 }, () => shop.lightspeed.list(endpoints.outlets)))

  assert.deepEqual(await other, { done: 10, failures: [] })
  assert.equal(shop.renewals(), 1)
})

test('a token about to end is renewed before it is refused', async () => {
  await using shop = await openShop()
  await shop.connect()
  await shop.world.db.updateTable('lightspeed_connection').set({ expires_at: new Date() }).execute()
  await shop.lightspeed.list(endpoints.outlets)
  assert.equal(shop.renewals(), 1)
  assert.deepEqual(
    shop.log.map(({ status }) => status),
    [200],
  )
})

test('where Lightspeed gives no new refresh token, the old one is kept', async () => {
  await using shop = await openShop({ judgments: { refreshRotates: false } })
  await shop.connect()
  for (let round = 0; round < 2; round++) {
    await shop.endToken()
    await shop.lightspeed.list(endpoints.outlets)
  }
  assert.equal(shop.renewals(), 2)
})

test('a connection that Lightspeed ended says so to everyone, until it is made again', async () => {
  await using shop = await openShop()
  await shop.connect()
  await shop.lightspeed.list(endpoints.outlets)
  await shop.forgetGrants()

  const broken = { code: 'lightspeed_needs_reconnect', message: /refresh token is invalid.*connects the shop again/s }
  await assert.rejects(shop.lightspeed.list(endpoints.outlets), broken)
  await assert.rejects(shop.lightspeed.list(endpoints.outlets), broken)
  assert.equal(shop.renewals(), 1)
  assert.equal((await findConnection(shop.world.db))?.state, 'needs_reconnect')

  await shop.connect()
  assert.ok((await shop.lightspeed.list(endpoints.outlets)).records.length > 0)
})

test('a token endpoint that is down does not cost the connection', async () => {
  await using shop = await openShop()
  await shop.connect()
  await shop.endToken()
  shop.sim.trouble({ kind: 'server_error', path: '/api/1.0/token', status: 503, times: 1 })
  await assert.rejects(shop.lightspeed.list(endpoints.outlets), { kind: 'server_error' })
  assert.ok((await shop.lightspeed.list(endpoints.outlets)).records.length > 0)
})

test('tokens that come while the database goes away are not lost with it', async () => {
  await using shop = await openShop()
  await shop.connect()
  await shop.lightspeed.list(endpoints.outlets)
  await shop.endToken()
  const slowness = shop.sim.trouble({ kind: 'slow', path: '/api/1.0/token', ms: 300 })
  const page = shop.lightspeed.list(endpoints.outlets)
  while (slowness.struck() === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'`.execute(
    shop.world.db,
  )

  assert.ok((await page).records.length > 0)
  assert.equal(shop.renewals(), 1)
  await shop.endToken()
  await shop.lightspeed.list(endpoints.outlets)
})

test('a wrong client secret names the setting, and does not cost the connection', async () => {
  await using shop = await openShop()
  await shop.connect()
  await shop.endToken()
  const wrong = { ...shop.oauth, app: { ...shop.oauth.app, clientSecret: 'wrong' } }
  const credentials = oauthCredentials(wrong)
  const { token } = await credentials.access()
  await assert.rejects(credentials.renew(token), { message: /LIGHTSPEED_CLIENT_SECRET/ })
  assert.ok((await shop.lightspeed.list(endpoints.outlets)).records.length > 0)
})

test('before anybody connected the shop, the message says who does', async () => {
  await using shop = await openShop()
  await assert.rejects(shop.lightspeed.list(endpoints.outlets), {
    code: 'lightspeed_not_connected',
    message: /administrator/,
  })
})

async function openShop(options: Parameters<typeof openSim>[0] = {}) {
  const stack = new AsyncDisposableStack()
  const sim = stack.use(await openSim({ scale: 'tiny', ...options }))
  const world = stack.use(await openWorld())
  const { clientId, clientSecret, url: baseUrl } = sim
  const app = { clientId, clientSecret }
  const oauth: OAuth = { db: world.db, app, key: sealingKey(secretKey), baseUrl, domainPrefix: undefined }
  const log: LogLine[] = []
  const budget = openBudget({ db: world.db, retailer: 'shop' })
  const lightspeed = openLightspeed({ credentials: oauthCredentials(oauth), budget, log: (line) => log.push(line) })
  const comeBack = (extra = '') => goToLightspeed(oauth, extra)
  const asksForTokens = () => sim.requests.filter(({ path }) => path === '/api/1.0/token').length
  return {
    sim,
    world,
    oauth,
    log,
    lightspeed,
    comeBack,
    connect: async () => finishConnection(oauth, await comeBack(), 'a-visit'),
    renewals: () => asksForTokens() - 1,
    endToken: () => endGrants(sim, { expires_at: 0 }),
    forgetGrants: () => endGrants(sim, { expires_at: 0, refresh_token: 'gone' }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** Lightspeed says yes at once, and sends the browser back. */
async function goToLightspeed(oauth: OAuth, extra: string): Promise<Callback> {
  const { url } = await beginConnection(oauth, administrator, redirectUri)
  const answer = await fetch(`${url}${extra}`, { redirect: 'manual' })
  return Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams)
}

async function endGrants({ store }: Sim, changes: object) {
  for (const grant of store.list('oauth_grants', { after: 0, limit: 100, deleted: false })) {
    store.put('oauth_grants', { ...grant, ...changes })
  }
}
