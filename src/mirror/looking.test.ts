import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openShop } from '#test/shop.ts'
import { envelope, sendEnvelope, webhookEnv } from '#test/webhooks.ts'
import { until } from '#test/workers.ts'
import { startWorker } from '../jobs/worker.ts'

/** Beats so far apart that none falls into a story: the stories make their own. */
const env = { ...webhookEnv, SYNC_EVERY_SECONDS: '1000' }
const quick = ['consignment-products', 'consignments', 'inventory', 'products', 'sales']

test('a beat of the clock has only those lists read whose time has come', async () => {
  await using shop = await openPacedShop()
  await shop.minutesPass(1)
  assert.deepEqual(await shop.beat(), [])
  await shop.minutesPass(18)
  assert.deepEqual(await shop.beat(), quick)
  assert.deepEqual(await shop.beat(), [], 'asked for already')
  await until(async () => (await shop.unfinished()) === 0)
  await shop.minutesPass(7)
  assert.deepEqual(
    (await shop.beat()).filter((name) => quick.includes(name)),
    [],
  )
})

test('a beat at which nothing is due asks Lightspeed nothing and leaves no run behind', async () => {
  await using shop = await openPacedShop()
  const [asked, runs] = [shop.sim.requests.length, await shop.runs()]
  assert.deepEqual(await shop.beat(), [])
  assert.deepEqual([shop.sim.requests.length, await shop.runs()], [asked, runs])
})

test('after a webhook about customers they are looked at as often as sales, for a while', async () => {
  await using shop = await openPacedShop()
  await sendEnvelope(shop, envelope({ event_type: 'customer.updated', data: { id: 'c-1', version: 1 } }))
  await until(async () => (await shop.paceOf('customers')).why === 'webhook')
  assert.equal((await shop.paceOf('taxes')).why, 'usual')
  await until(async () => (await shop.unfinished()) === 0 && (await shop.waiting()) === 0)
  await shop.minutesPass(18)
  await sql`update sync_pace set nudged_at = now()`.execute(shop.db)
  assert.deepEqual(await shop.beat(), [...quick, 'customers'].toSorted())
})

test('after Lightspeed refused for want of room, the looks by the clock grow seldom, and say so', async () => {
  await using shop = await openPacedShop()
  shop.sim.trouble({ kind: 'too_many', retryAfter: 'future', seconds: 1, times: 1, path: '/api/2.0/taxes' })
  await shop.sync('taxes')
  assert.deepEqual(await shop.paceOf('sales'), { everySeconds: 1800, why: 'throttled' })
  await shop.minutesPass(18)
  assert.deepEqual(await shop.beat(), [])
  await sql`update lightspeed_budget set blocked_until = now() - interval '1 hour'`.execute(shop.db)
  assert.deepEqual(await shop.beat(), quick)
})

test('a list that is being read just now is left alone by the clock, and by webhooks until that is over', async () => {
  await using shop = await openPacedShop()
  await shop.minutesPass(18)
  const slow = shop.sim.trouble({ kind: 'slow', ms: 400, path: '/api/2.0/products' })
  const reading = shop.sync('products')
  await until(async () => (await shop.begun('products')) === 1)
  assert.equal((await shop.status('products')).nextLookAt, null)
  assert.deepEqual(
    await shop.beat(),
    quick.filter((name) => name !== 'products'),
  )
  const before = await shop.runs()
  for (let at = 0; at < 3; at += 1) await sendEnvelope(shop, envelope({ data: { id: `p-${at}`, version: 1 } }))
  await sql`update pgboss.job set start_after = now() where name = 'mirror.sync' and state = 'created'`.execute(shop.db)
  await until(async () => (await shop.waiting()) <= 1)
  assert.equal(await shop.runs(), before, 'no run is added while one is on')
  slow.clear()
  await reading
  await sql`update pgboss.job set start_after = now() where name = 'mirror.sync' and state = 'created'`.execute(shop.db)
  await until(async () => (await shop.runs()) === before + 1)
})

test('where nothing is looked at by the clock, or the schedule is paused, no next look is promised', async () => {
  await using still = await openShop()
  await using shop = await openPacedShop()
  const nextOf = async ({ api }: Pick<typeof shop, 'api'>) =>
    (await (await api.api.v1.sync.$get()).json()).entities.map(({ nextLookAt, pace }) => nextLookAt ?? pace)
  assert.ok((await nextOf(still)).every((next) => next === null))
  assert.ok((await nextOf(shop)).every((next) => typeof next === 'string'))
  await shop.api.api.v1.schedules[':name'].$patch({ param: { name: 'mirror.sync' }, json: { paused: true } })
  assert.ok((await nextOf(shop)).every((next) => next === null))
})

/** A shop that was read to its end, with a worker. */
async function openPacedShop() {
  await using stack = new AsyncDisposableStack()
  const shop = stack.use(await openShop({ env }))
  const { db } = shop
  await shop.sync('all')
  const worker = await startWorker(shop.house, { slots: 2 })
  stack.defer(worker.stop)
  const count = async (query: ReturnType<typeof sql<{ count: number }>>) =>
    (await query.execute(db)).rows[0]?.count ?? 0
  const waiting = () => count(sql`select count(*) from pgboss.job where name = 'mirror.sync' and state < 'completed'`)
  const runs = () => count(sql`select count(*) from sync_run`)
  const status = async (name: string) => {
    const { entities } = await (await shop.api.api.v1.sync.$get()).json()
    const found = entities.find(({ entity }) => entity === name)
    assert.ok(found)
    return found
  }
  const closing = stack.move()
  return {
    ...shop,
    runs,
    waiting,
    status,
    unfinished: () => count(sql`select count(*) from sync_run where finished_at is null`),
    begun: (name: string) =>
      count(sql`select count(*) from sync_run_entity where entity = ${name} and state = 'running'`),
    paceOf: async (name: string) => (await status(name)).pace ?? assert.fail('no pace'),
    minutesPass: async (minutes: number) => {
      await sql`update sync_state set last_complete_at = last_complete_at - make_interval(mins => ${minutes})`.execute(
        db,
      )
      await sql`update sync_pace set asked_at = asked_at - make_interval(mins => ${minutes})`.execute(db)
    },
    /** The clock strikes: which lists are asked for then. */
    beat: async () => {
      const before = await shop.db.selectFrom('sync_run').select('id').execute()
      const known = new Set(before.map(({ id }) => id))
      await shop.api.api.v1.schedules[':name'].runs.$post({ param: { name: 'mirror.sync' } })
      await until(
        async () =>
          (await count(sql`select count(*) from pgboss.job where name = 'mirror.sync'
        and singleton_key = 'mirror.sync' and state < 'completed'`)) === 0,
      )
      const parts = await shop.db.selectFrom('sync_run_entity').select(['run_id', 'entity']).orderBy('entity').execute()
      return parts.flatMap(({ run_id: run, entity }) => (known.has(run) ? [] : [entity]))
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}
