import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSim } from '#sim/server.ts'
import { typeCommand } from '#test/terminal.ts'
import { openShop } from '#test/shop.ts'
import { openWorld } from '#test/world.ts'
import { until } from '#test/workers.ts'
import { openBreaker } from './breaker.ts'
import { openBudget, type Wait } from './budget.ts'
import { openLightspeed } from './client.ts'
import { personalToken } from './credentials.ts'
import { endpoints } from './endpoints.ts'

test('a Lightspeed that fails again and again is left alone by all processes, tried by one, and then asked as before', async () => {
  await using fixture = await openTwoProcesses()
  const { sim, till, hub, clock } = fixture
  const fault = sim.trouble({ kind: 'server_error', status: 500 })
  for (let time = 0; time < 8; time++) await assert.rejects(till.write(), { kind: 'server_error' })
  assert.equal(fault.struck(), 8)

  await assert.rejects(till.askAsPerson(), {
    code: 'lightspeed_resting',
    message: /failed 8 times within 120 s.*again at 2026-01-01T00:03:00\.000Z/,
  })
  await until(async () => (await hub.breaker.read()).isOpen)
  await assert.rejects(hub.askAsPerson(), { code: 'lightspeed_resting' })
  const told: (Wait | null)[] = []
  hub.client.onWait((wait) => told.push(wait))
  const backgrounds = [hub.ask(), till.ask(), hub.ask()]
  await until(() => told.length > 0)
  assert.equal(fault.struck(), 8, 'nobody asks meanwhile')
  assert.equal(told[0]?.reason, 'resting')

  fault.clear()
  clock.now += 180_000
  const [page] = await Promise.all(backgrounds)
  assert.ok((page?.records.length ?? 0) > 0)
  assert.deepEqual(await hub.breaker.read(), { isOpen: false, failures: 0, openedAt: null, until: null })
  assert.equal(told.at(-1), null)
  await till.askAsPerson()
})

test('of those who wait one alone tries; while it fails, Lightspeed is left alone again', async () => {
  await using fixture = await openTwoProcesses()
  const { sim, till, hub, clock } = fixture
  const fault = sim.trouble({ kind: 'server_error', status: 500 })
  for (let time = 0; time < 8; time++) await assert.rejects(till.write())
  clock.now += 180_000
  const stopping = new AbortController()
  const waiting = [till.ask(stopping.signal), till.ask(stopping.signal), hub.ask(stopping.signal)]
  const over = Promise.allSettled(waiting)
  await until(async () => ((await hub.breaker.read()).until?.getTime() ?? 0) === clock.now + 180_000)
  assert.equal(fault.struck(), 9)
  stopping.abort(new Error('closing time'))
  assert.deepEqual(
    (await over).map((one) => one.status === 'rejected' && String(one.reason)),
    Array.from({ length: 3 }, () => 'Error: closing time'),
  )
})

test('failures that are far between, and refusals, are no reason to stop asking', async () => {
  await using fixture = await openTwoProcesses()
  const { sim, till, clock } = fixture
  const fault = sim.trouble({ kind: 'server_error', status: 503 })
  for (let time = 0; time < 12; time++) {
    await assert.rejects(till.write())
    clock.now += 20_000
  }
  fault.clear()
  sim.trouble({ kind: 'unauthorized', times: 40 })
  for (let time = 0; time < 12; time++) await assert.rejects(till.write(), { kind: 'unauthorised' })
  assert.equal((await till.breaker.read()).isOpen, false)
})

test('whoever asks at the command is told until when Lightspeed is left alone, and that is exit code 5', async () => {
  await using shop = await openShop()
  const fault = shop.sim.trouble({ kind: 'server_error', status: 500 })
  const consign = () => typeCommand('test connection', { api: shop.api })
  await Promise.all([consign(), consign(), consign()])
  const refused = await consign()
  assert.equal(refused.exitCode, 5)
  assert.match(refused.stderr, /left alone: it is asked again at 20\d\d-/)
  fault.clear()
  assert.equal((await consign()).exitCode, 5)
  await shop.db.updateTable('lightspeed_breaker').set({ open_until: new Date() }).execute()
  await until(async () => (await consign()).exitCode === 0)
})

/** Two processes on one database, each with a client of one simulated retailer, and a clock that stands still. */
async function openTwoProcesses() {
  await using stack = new AsyncDisposableStack()
  const world = stack.use(await openWorld())
  const sim = stack.use(await openSim({ scale: 'tiny', seed: 1 }))
  const clock = { now: Date.parse('2026-01-01T00:00:00Z') }
  const open = () => {
    const breaker = openBreaker({ db: world.db, retailer: 'shop', clock: async () => clock.now, lookMs: 5 })
    const budget = openBudget({ db: world.db, retailer: 'shop' })
    const credentials = personalToken({ origin: sim.url, token: sim.token })
    const client = openLightspeed({ credentials, budget, breaker, pause: async () => {} })
    return {
      breaker,
      client,
      /** A request that is never repeated. */
      write: () => client.request({ method: 'POST', path: '/api/2.0/brands', body: { name: 'A brand' } }),
      ask: (signal?: AbortSignal) => client.list(endpoints.outlets, { signal }),
      askAsPerson: () => client.list(endpoints.outlets, { priority: 'person' }),
    }
  }
  const closing = stack.move()
  return { sim, clock, till: open(), hub: open(), [Symbol.asyncDispose]: () => closing.disposeAsync() }
}
