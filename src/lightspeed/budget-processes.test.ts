import assert from 'node:assert/strict'
import { test } from 'node:test'
import { neverEndingMs, openCountingShop } from '#test/counting-shop.ts'
import { runInSecondProcess } from '#test/lightspeed-process.ts'
import { openWorld } from '#test/world.ts'
import { openBudget } from './budget.ts'
import { openLightspeed } from './client.ts'
import { personalToken } from './credentials.ts'
import { endpoints } from './endpoints.ts'

test('two processes together use what Lightspeed allows, and never a request more', async () => {
  const windowMs = 1000
  const limit = 60
  await using shop = await openCountingShop(windowMs, () => limit)
  await using world = await openWorld()
  const job = {
    databaseUrl: world.databaseUrl,
    origin: shop.url,
    lanes: 4,
    requestsALane: 100_000,
    windowMs,
    forMs: 4500,
  }

  const ends = await Promise.all([
    runInSecondProcess({ ...job, name: 'till' }),
    runInSecondProcess({ ...job, name: 'hub' }),
  ])

  assert.deepEqual(
    ends.flatMap(({ failures }) => failures),
    [],
  )
  assert.equal(shop.refused(), 0)
  const whole = shop
    .windows()
    .slice(1, -1)
    .toSorted((one, other) => one - other)
    .slice(1)
  assert.ok(whole.length >= 2, 'one window may be lost to a machine that is busy')
  assert.ok(sum(whole) >= 0.95 * limit * whole.length, `${whole.join(', ')} of ${limit}`)
  for (const end of ends) assert.ok(end.done >= limit / 4, `${end.done} requests`)
})

test('a limit that is cut in half while the sync runs is obeyed with the next request', async () => {
  const windowMs = neverEndingMs()
  let asked = 0
  await using shop = await openCountingShop(windowMs, () => (++asked > 20 ? 30 : 60))
  await using world = await openWorld()
  const credentials = personalToken({ origin: shop.url, token: 'secret-token' })
  const budget = openBudget({ db: world.db, retailer: 'shop', windowMs })
  const lightspeed = openLightspeed({ credentials, budget })
  const others = runInSecondProcess({
    databaseUrl: world.databaseUrl,
    origin: shop.url,
    name: 'hub',
    lanes: 1,
    requestsALane: 100_000,
    windowMs,
    forMs: 500,
  })
  const signal = AbortSignal.timeout(1500)

  await assert.rejects(
    async () => {
      for (;;) await lightspeed.list(endpoints.products, { signal })
    },
    { name: 'TimeoutError' },
  )
  await others

  assert.equal(shop.refused(), 0)
  assert.ok(sum(shop.windows()) <= 30)
})

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
