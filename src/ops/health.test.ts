import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openShop } from '#test/shop.ts'
import { openWorkshop, until } from '#test/workers.ts'

type Shop = Awaited<ReturnType<typeof openShop>>

test('each part says how it is, and what helps where it is not well', async () => {
  await using shop = await openShop()
  await shop.sync('outlets')
  const { health, part } = await healthOf(shop)
  assert.deepEqual([health.ok, health.grade, health.mayWrite], [true, 'amber', true])
  for (const name of ['database', 'disk', 'lightspeed', 'breaker', 'calls', 'mirror', 'queue', 'schedules', 'webhooks'])
    assert.deepEqual([part(name)?.grade, part(name)?.cure], ['green', null], name)
  assert.equal(part('workers')?.grade, 'amber')

  await shop.db
    .updateTable('sync_state')
    .set({ last_complete_at: sql`now() - interval '2 hours'` })
    .execute()
  await shop.db
    .insertInto('lightspeed_breaker')
    .values({ retailer: shop.house.config.lightspeed.kind === 'token' ? shop.sim.url : '', open_until: inMinutes(3) })
    .execute()
  const later = await healthOf(shop)
  assert.equal(later.status, 503)
  assert.match(later.part('mirror')?.detail ?? '', /not been read to the end for 1[12]\d minutes/)
  assert.match(later.part('mirror')?.cure ?? '', /consign audit sync-status/)
})

test('ready is whoever can serve, though Lightspeed is away; not ready is who is stopping', async () => {
  await using away = await openShop({ env: { LIGHTSPEED_BASE_URL: 'http://127.0.0.1:1' } })
  assert.equal((await away.app.request('/health/ready')).status, 200)
  const { status, part } = await healthOf(away)
  assert.deepEqual([status, part('lightspeed')?.ok], [503, false])
  const stopped = await openShop()
  await stopped[Symbol.asyncDispose]()
  assert.equal((await stopped.app.request('/health/ready')).status, 503)
  assert.equal((await stopped.app.request('/health/live')).status, 200)
})

test('calls that fail at Lightspeed grade the whole, and red forbids writing', async () => {
  await using shop = await openShop()
  await noteCalls(shop, { count: 90, status: 200 })
  await noteCalls(shop, { count: 10, status: 503 })
  const grade = () => shop.api.api.v1.grade.$get().then((answer) => answer.json())
  assert.deepEqual(await grade(), {
    grade: 'amber',
    reasons: ['no worker runs', '10 % of the calls fail at Lightspeed'],
    mayWrite: true,
  })
  await noteCalls(shop, { count: 10, status: 503 })
  await until(async () => (await grade()).grade === 'red')
  const { reasons, mayWrite } = await grade()
  assert.deepEqual([reasons.at(-1), mayWrite], ['18 % of the calls fail at Lightspeed', false])
  const { part } = await healthOf(shop)
  assert.equal(part('calls')?.grade, 'red')
})

test('webhooks that were ordered and came are missed while the shops are open', async () => {
  await using shop = await openShop()
  await shop.sync('outlets')
  await sql`update mirror.outlet set time_zone = ${zoneWhereItIsNoon()}`.execute(shop.db)
  await shop.db
    .insertInto('webhook_address')
    .values({ origin: 'https://shop.test', registered_by: 'someone' })
    .execute()
  assert.equal((await healthOf(shop)).part('webhooks')?.grade, 'green')
  const body = Buffer.from('{}')
  await shop.db
    .insertInto('webhook_event')
    .values({
      door: 'lightspeed',
      type: 'sale.update',
      dedupe_key: body,
      is_signed: true,
      body,
      headers: '{}',
      correlation_id: 'c',
      state: 'processed',
      received_at: inMinutes(-16),
    })
    .execute()
  await until(async () => (await healthOf(shop)).part('webhooks')?.grade === 'amber')
  assert.match((await healthOf(shop)).part('webhooks')?.detail ?? '', /no webhook has come for 16 minutes/)
})

test('while it is amber one risky job goes after the other, and while it is red none at all', async () => {
  await using shop = await openWorkshop()
  const gate = Promise.withResolvers<undefined>()
  let atWork = 0
  let most = 0
  const task = {
    outside: async () => {
      most = Math.max(most, ++atWork)
      if (most === 1) await gate.promise
      atWork--
    },
  }
  await shop.orderAll(['tea', 'milk', 'sugar', 'flour'])
  await letWait(shop, 31)
  await shop.hire(task, { slots: 4, isRisky: () => true })
  await until(async () => (await shop.house.grade()).reasons.join() === 'the oldest job has waited for 31 minutes')
  assert.deepEqual(Object.values(await shop.states()), ['created', 'created', 'created', 'created'])

  await letWait(shop, 11)
  await until(() => atWork === 1)
  const beats = () => shop.db.selectFrom('worker').select('seen_at').executeTakeFirst()
  assert.ok(await beats())
  await until(async () => (await shop.house.grade()).grade === 'amber')
  assert.equal(most, 1)
  gate.resolve(undefined)
  await until(async () => Object.values(await shop.states()).every((state) => state === 'completed'))
  assert.equal(most, 1)
})

async function healthOf(shop: Shop) {
  const answer = await shop.api.health.$get()
  const health = await answer.json()
  return {
    status: answer.status,
    health,
    part: (name: string) => health.parts.find((one) => one.name === name),
  }
}

/** As if the jobs had been due for so long. */
async function letWait({ db }: Shop, minutes: number) {
  await sql`update pgboss.job set start_after = ${inMinutes(-minutes)}
    where name = 'mirror.sync' and state < 'active'`.execute(db)
}

async function noteCalls(shop: Shop, { count, status }: { count: number; status: number }) {
  const call = { at: new Date(), method: 'GET', path: '/api/2.0/sales', endpoint: '/api/2.0/sales', duration_ms: 5 }
  const rows = Array.from({ length: count }, () => ({ ...call, status, attempt: 1 }))
  await shop.db.insertInto('lightspeed_call').values(rows).execute()
}

/** The hour is twelve there now. (`Etc/GMT+1` is an hour behind UTC.) */
function zoneWhereItIsNoon(): string {
  const behind = new Date().getUTCHours() - 12
  return behind === 0 ? 'UTC' : `Etc/GMT${behind > 0 ? '+' : ''}${behind}`
}

function inMinutes(minutes: number): Date {
  return new Date(Date.now() + minutes * 60_000)
}
