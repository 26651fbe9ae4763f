import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { sql } from 'kysely'
import { hashOf } from '#src/people/sign-in.actions.ts'
import { adminToken, openShop } from '#test/shop.ts'
import { openWorkshop, until } from '#test/workers.ts'
import { openBroadcast } from './broadcast.ts'

type Told = { points: { at: number }[]; now: { waiting: number }; queue: { workers: { host: string }[] } }

test('the status tells of the queue, the webhooks, the mirror and the budget at once', async () => {
  await using shop = await openShop({ serve: true })
  await shop.sync('brands')
  const answer = await shop.api.api.v1.status.$get()
  const status = await answer.json()
  assert.equal(answer.status, 200)
  assert.equal(status.queue.workers.length, 1)
  assert.deepEqual(status.failing, [])
  assert.deepEqual(status.deadLetters, { total: 0, newestAt: null })
  assert.equal(status.webhooks.lastReceivedAt, null)
  const brands = status.entities.find(({ entity }) => entity === 'brands')
  assert.ok((brands?.cursor ?? 0) > 0)
  assert.ok(status.schedules.some(({ name }) => name === 'mirror.prune'))
  const { limit = 0, used = 0 } = status.budget ?? {}
  assert.ok(used > 0 && used < limit, 'the sync has spent something')
})

test('who may not see all of it sees none of it', async () => {
  await using shop = await openShop()
  const scopes = ['jobs:read', 'sync:read', 'health:read']
  await shop.db
    .insertInto('api_token')
    .values({ name: 'half', token_hash: hashOf('half'), scopes })
    .execute()
  for (const path of ['/api/v1/status', '/api/v1/status/events']) {
    const refused = await shop.app.request(path, { headers: { authorization: 'Bearer half' } })
    assert.equal(refused.status, 403)
    assert.match(await refused.text(), /webhooks:read/)
    assert.equal((await shop.app.request(path)).status, 401)
  }
})

test('a change is told as it happens, with points that were not told before only', async () => {
  await using shop = await openWorkshop()
  await sql`insert into queue_sample select now() - n * interval '10 s', n, 0, 0, 0 from generate_series(1, 5) n`.execute(
    shop.db,
  )
  await using events = await follow(shop)
  await until(() => events.told.length > 0)
  assert.equal(events.told[0]?.points.length, 5)
  await shop.order('something')
  await until(() => events.told.at(-1)?.now.waiting === 1)
  assert.deepEqual(events.told.at(-1)?.points, [])
  await shop.hire({ outside: async () => {} })
  await until(() => (events.told.at(-1)?.queue.workers.length ?? 0) === 1)
  const last = events.ids.at(-1) ?? ''
  await using again = await follow(shop, { 'last-event-id': last })
  await until(() => again.told.length > 0)
  assert.deepEqual(again.told[0]?.points, [], 'who comes back is told what is new')
})

test('whoever looks is sent home when Consign stops', async () => {
  const shop = await openWorkshop()
  const events = await follow(shop)
  await until(() => events.told.length > 0)
  await shop[Symbol.asyncDispose]()
  await events.ended
})

test('however many look, everything is read once for all, and not at all when nobody does', async () => {
  let readings = 0
  let lines = 0
  const broadcast = openBroadcast({
    read: async () => ++readings,
    listen: () => {
      lines++
      return { close: async () => void lines-- }
    },
    onError: (error) => assert.fail(String(error)),
    everyMs: 5,
  })
  const heard: number[][] = [[], [], []]
  const leaving = heard.map((one) => broadcast.follow((news) => one.push(news ?? 0)))
  await until(() => readings >= 2)
  assert.equal(lines, 1)
  assert.deepEqual(heard[0], heard[2])
  for (const leave of leaving) leave()
  await until(() => lines === 0)
  const before = readings
  const leave = broadcast.follow(() => {})
  await until(() => readings > before)
  leave()
})

test('what rings is looked at at once, not when the clock comes round', async () => {
  let readings = 0
  const rings: (() => void)[] = []
  const broadcast = openBroadcast({
    read: async () => ++readings,
    listen: (heard) => {
      rings.push(heard)
      return { close: async () => {} }
    },
    onError: (error) => assert.fail(String(error)),
    everyMs: 60_000,
  })
  const leave = broadcast.follow(() => {})
  for (const count of [1, 2, 3]) {
    await until(() => readings >= count)
    rings[0]?.()
  }
  leave()
  rings[0]?.()
})

test('who looks is let go when the status cannot be read, and may come again', async () => {
  let isAway = true
  const troubles: unknown[] = []
  const broadcast = openBroadcast<string>({
    read: async () => (isAway ? Promise.reject(new Error('away')) : 'well'),
    listen: () => ({ close: async () => {} }),
    onError: (error) => troubles.push(error),
    everyMs: 5,
  })
  const heard: (string | undefined)[] = []
  broadcast.follow((news) => heard.push(news))
  await until(() => troubles.length === 1)
  assert.equal(JSON.stringify(heard), '[null]')
  isAway = false
  const leave = broadcast.follow((news) => heard.push(news))
  await until(() => heard.includes('well'))
  leave()
})

type Asked = { app: { request: (path: string, init: RequestInit) => Response | Promise<Response> } }

/** Listens to the status until disposed of. */
async function follow({ app }: Asked, more: Record<string, string> = {}) {
  const told: Told[] = []
  const ids: string[] = []
  const leaving = new AbortController()
  const headers = { authorization: `Bearer ${adminToken}`, ...more }
  const answer = await app.request('/api/v1/status/events', { headers, signal: leaving.signal })
  const reader = answer.body?.getReader()
  assert.ok(reader)
  const onEvent = ({ data, id = '' }: EventSourceMessage) => {
    told.push(JSON.parse(data))
    ids.push(id)
  }
  const parser = createParser({ onEvent })
  const decoder = new TextDecoder()
  const listen = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) parser.feed(decoder.decode(part.value))
  }
  const ended = listen()
  const leave = async () => {
    await reader.cancel()
    await ended
  }
  return { told, ids, ended, [Symbol.asyncDispose]: leave }
}
