import assert from 'node:assert/strict'
import { test } from 'node:test'
import { neverEndingMs, openCountingShop, tooMany } from '#test/counting-shop.ts'
import { answerJson, openOddServer } from '#test/odd-server.ts'
import { openWorld } from '#test/world.ts'
import type { Db } from '../db/database.ts'
import { openBudget, type Wait } from './budget.ts'
import { openLightspeed } from './client.ts'
import { personalToken } from './credentials.ts'
import { endpoints } from './endpoints.ts'

test('a refusal with a time to come holds every process until then, and nobody hears of an error', async () => {
  let comeBackAt = 0
  await using shop = await openOddServer((response, request, count) => {
    if (count > 1) return answerJson(response, 200, { data: [] })
    comeBackAt = Math.ceil(request.at / 1000) * 1000 + 1000
    return answerJson(response, 429, tooMany, { 'retry-after': new Date(comeBackAt).toUTCString() })
  })
  await using world = await openWorld()
  const [sync, other] = [openClient(world.db, shop.url, 30_000), openClient(world.db, shop.url, 30_000)]
  const first = sync.list(endpoints.products)
  while (shop.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await Promise.all([first, other.list(endpoints.outlets), other.get(endpoints.retailer, {}, { priority: 'person' })])

  const [refused, ...later] = shop.requests.map(({ at }) => at)
  assert.equal(later.length, 3)
  for (const at of later) assert.ok(at >= comeBackAt, `${comeBackAt - at} ms early, after ${refused}`)
})

test('a refusal that names a time in the past costs a second, not an error', async () => {
  await using shop = await openOddServer((response, _, count) => {
    if (count > 1) return answerJson(response, 200, { data: [{ id: 'milk' }] })
    return answerJson(response, 429, tooMany, { 'retry-after': 'Wed, 15 Jul 2020 15:04:05 GMT' })
  })
  await using world = await openWorld()

  const { records } = await openClient(world.db, shop.url).list(endpoints.products)

  assert.equal(records.length, 1)
  const [refused = 0, again = 0] = shop.requests.map(({ at }) => at)
  assert.ok(again - refused >= 950, `${again - refused} ms`)
})

test('a refusal that names no time waits for the next full five minutes, says so, and can be stopped', async () => {
  await using shop = await openOddServer((response) => answerJson(response, 429, tooMany))
  await using world = await openWorld()
  const lightspeed = openClient(world.db, shop.url)
  const stopping = new AbortController()
  const waiting = new Promise<Wait | null>((resolve) => lightspeed.onWait(resolve))
  const page = lightspeed.list(endpoints.products, { signal: stopping.signal })

  const wait = await waiting
  stopping.abort(new Error('closing time'))

  await assert.rejects(page, /closing time/)
  assert.equal(wait?.reason, 'rate_limited')
  const boundary = (Math.floor(Date.now() / 300_000) + 1) * 300_000
  const untilMs = wait?.until.getTime() ?? 0
  assert.ok(Math.abs(untilMs - boundary) < 2500 || untilMs - Date.now() < 2500, wait?.until.toISOString())
  assert.equal(shop.requests.length, 1)
})

test('a person is served while the sync has used up its share', async () => {
  const windowMs = neverEndingMs()
  await using shop = await openCountingShop(windowMs, () => 60)
  await using world = await openWorld()
  const lightspeed = openClient(world.db, shop.url, windowMs)
  const stopping = new AbortController()
  const sync = (async () => {
    for (;;) await lightspeed.list(endpoints.sales, { signal: stopping.signal })
  })()
  sync.catch(() => {})
  const wait = await new Promise<Wait>((resolve) => lightspeed.onWait((told) => told && resolve(told)))

  await lightspeed.get(endpoints.retailer, {}, { priority: 'person' })

  assert.equal(wait.reason, 'budget_spent')
  assert.ok(Date.now() < wait.until.getTime() - 500)
  stopping.abort(new Error('enough'))
  await assert.rejects(sync, /enough/)
  assert.equal(shop.refused(), 0)
})

test('a Lightspeed that never names its limit is asked as often as the shop’s registers allow', async () => {
  const registers = [{ id: 'r1' }, { id: 'r2' }, { id: 'r3', deleted_at: '2026-01-01T00:00:00+00:00' }]
  await using shop = await openOddServer((response) => answerJson(response, 200, { data: registers }))
  await using world = await openWorld()

  await openClient(world.db, shop.url).list(endpoints.registers)

  const row = await world.db.selectFrom('lightspeed_budget').selectAll().executeTakeFirstOrThrow()
  assert.deepEqual([row.request_limit, row.limit_source], [650, 'registers'])
})

function openClient(db: Db, origin: string, windowMs = 300_000) {
  const credentials = personalToken({ origin, token: 'secret-token' })
  return openLightspeed({ credentials, budget: openBudget({ db, retailer: 'shop', windowMs }) })
}
