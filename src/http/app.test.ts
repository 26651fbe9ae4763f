import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { adminToken, openShop } from '#test/shop.ts'
import { hashOf } from '../people/sign-in.actions.ts'

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

test('nobody comes in without a token, with a wrong one, an expired one or one taken back', async () => {
  await using shop = await openShop()
  const keep = (name: string, more: object) =>
    shop.db
      .insertInto('api_token')
      .values({ name, token_hash: hashOf(name), scopes: ['*'], ...more })
      .execute()
  await keep('expired', { expires_at: new Date(Date.now() - 1000) })
  await keep('revoked', { revoked_at: new Date() })
  await keep('good', { expires_at: new Date(Date.now() + 60_000) })
  const statusWith = async (init?: RequestInit) => (await shop.app.request('/api/v1/sync', init)).status
  assert.equal(await statusWith(), 401)
  for (const token of ['', 'wrong', 'expired', 'revoked']) assert.equal(await statusWith(bearer(token)), 401, token)
  assert.equal(await statusWith(bearer('good')), 200)
  assert.equal(await statusWith(bearer(adminToken)), 200)
})

test('a token may do what it was made for, and is told the right that is missing', async () => {
  await using shop = await openShop()
  await shop.db
    .insertInto('api_token')
    .values({ name: 'reader', token_hash: hashOf('reader'), scopes: ['sync:read'] })
    .execute()
  assert.equal((await shop.app.request('/api/v1/sync', bearer('reader'))).status, 200)
  const refused = await shop.app.request('/api/v1/sync/runs', {
    method: 'POST',
    body: '{}',
    headers: { ...bearer('reader').headers, 'content-type': 'application/json' },
  })
  assert.equal(refused.status, 403)
  assert.equal(refused.headers.get('content-type'), 'application/problem+json')
  const problem = await read(refused)
  assert.equal(problem['code'], 'scope_missing')
  assert.match(String(problem['detail']), /sync:run is missing/)
  assert.equal((await shop.app.request('/api/v1/mirror/products', bearer('reader'))).status, 403)
})

test('what cannot be read is refused with the name of the field, and nothing is begun', async () => {
  await using shop = await openShop()
  const post = (body: string) =>
    shop.app.request('/api/v1/sync/runs', {
      method: 'POST',
      body,
      headers: { ...bearer(adminToken).headers, 'content-type': 'application/json' },
    })
  const expected = [
    ['{"entities":["dragons"]}', 422, /entities: there is no dragons/],
    ['{"limit":0}', 422, /limit: /],
    ['{"since":"yesterday"}', 422, /since: give a date/],
    ['{"colour":"red"}', 422, /colour/],
    ['{"entities":', 400, /JSON/],
  ] as const
  for (const [body, status, words] of expected) {
    const answer = await post(body)
    assert.equal(answer.status, status, body)
    assert.match(String((await read(answer))['detail']), words)
  }
  assert.equal((await post(JSON.stringify({ since: 'x'.repeat(2 * 1024 * 1024) }))).status, 413)
  assert.deepEqual(await shop.db.selectFrom('sync_run').select('id').execute(), [])
})

test('asking twice with one id starts one sync', async () => {
  await using shop = await openShop()
  const id = '3d0f6f5e-66a4-4b52-9f3b-1f1b0f8c9a01'
  const ask = () => shop.api.api.v1.sync.runs.$post({ json: { id, entities: ['brands'] } })
  const answers = await Promise.all([ask(), ask(), ask()])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [202, 202, 202],
  )
  const runs = await shop.db.selectFrom('sync_run').select('id').execute()
  assert.deepEqual(runs, [{ id }])
})

test('the mirror is read page by page, each row once, and one by one', async () => {
  await using shop = await openShop()
  await shop.sync('products', 'outlet-taxes')
  const seen: unknown[] = []
  for (let after: string | undefined; ;) {
    const page = await (
      await shop.api.api.v1.mirror[':entity'].$get({
        param: { entity: 'products' },
        query: { limit: '7', ...(after ? { after } : {}) },
      })
    ).json()
    seen.push(...page.data.map((row) => row['id']))
    if (page.next === null) break
    after = page.next
  }
  assert.equal(seen.length, 60)
  assert.equal(new Set(seen).size, 60)
  const one = await read(await shop.app.request(`/api/v1/mirror/products/${String(seen[0])}`, bearer(adminToken)))
  assert.equal(one['id'], seen[0])
  assert.equal(typeof one['supply_price'], 'string')
  assert.match(String(one['synced_at']), /^\d{4}-.*Z$/)
  const codes = await read(
    await shop.app.request(`/api/v1/mirror/product-codes/${String(seen[0])}`, bearer(adminToken)),
  )
  assert.ok(Array.isArray(codes['data']) && codes['data'].length > 0)
  assert.equal((await shop.app.request('/api/v1/mirror/dragons', bearer(adminToken))).status, 404)
  assert.equal((await shop.app.request('/api/v1/mirror/products/none', bearer(adminToken))).status, 404)
  assert.equal((await shop.app.request('/api/v1/mirror/products?after=nonsense', bearer(adminToken))).status, 422)
})

test('a sync can be watched as it goes', async () => {
  await using shop = await openShop({ serve: true })
  const { id } = await (await shop.api.api.v1.sync.runs.$post({ json: { entities: ['brands', 'products'] } })).json()
  const stream = await fetch(`${shop.url}/api/v1/sync/runs/${id}/events`, bearer(adminToken))
  assert.equal(stream.headers.get('content-type'), 'text/event-stream')
  const told = await stream.text()
  assert.match(told, /event: finished/)
  const last = JSON.parse(told.trim().split('\ndata: ').at(-1)?.split('\n')[0] ?? '')
  assert.equal(last.state, 'done')
})

test('records can be limited, and a sync since a version or a time reads again what changed after it', async () => {
  await using shop = await openShop()
  const run = async (request: { limit?: number; since?: string }) => {
    const { id } = await (
      await shop.api.api.v1.sync.runs.$post({ json: { entities: ['customers'], ...request } })
    ).json()
    for (;;) {
      const state = await (await shop.api.api.v1.sync.runs[':id'].$get({ param: { id } })).json()
      if (state.finishedAt) return state.entities[0]?.fetched
    }
  }
  assert.equal(await run({ limit: 10 }), 10)
  assert.equal(await run({}), 20)
  assert.equal(await run({}), 0)
  assert.equal(await run({ since: '0' }), 30)
  assert.equal(await run({ since: '2999-01-01' }), 0)
  assert.equal(await run({ since: '2001-01-01' }), 30)
})

test('the description of the API is OpenAPI 3.1 and names every path of the contract', async () => {
  await using shop = await openShop()
  const description = await read(await shop.app.request('/api/openapi.json'))
  assert.equal(description['openapi'], '3.1.0')
  const paths = Object.keys(z.record(z.string(), z.unknown()).parse(description['paths']))
  for (const path of [
    '/health',
    '/health/live',
    '/health/ready',
    '/api/v1/sync',
    '/api/v1/sync/runs',
    '/api/v1/sync/runs/{id}',
    '/api/v1/sync/runs/{id}/events',
    '/api/v1/mirror/{entity}',
    '/api/v1/mirror/{entity}/{id}',
  ]) {
    assert.ok(paths.includes(path), path)
  }
})

test('an address that does not exist is a problem in words, not a page', async () => {
  await using shop = await openShop()
  const answer = await shop.app.request('/api/v1/nothing', bearer(adminToken))
  assert.equal(answer.status, 404)
  assert.equal((await read(answer))['code'], 'path_unknown')
})

test('a browser signs in with the token, keeps a session, and no foreign page can write with it', async () => {
  await using shop = await openShop({ serve: true })
  const origin = shop.url.replace('localhost', '127.0.0.1')
  const session = (method: string, more: { body?: string; headers?: Record<string, string> } = {}) =>
    fetch(`${origin}/api/v1/session`, {
      method,
      ...more,
      headers: { origin, 'content-type': 'application/json', ...more.headers },
    })
  assert.equal((await read(await session('GET')))['open'], false)
  assert.equal((await session('POST', { body: '{}' })).status, 401)
  assert.equal((await session('POST', { body: '{"token":"wrong-wrong-wrong"}' })).status, 401)
  assert.equal(
    (await session('POST', { body: JSON.stringify({ token: adminToken }), headers: { origin: 'http://evil.example' } }))
      .status,
    403,
  )
  const signedIn = await session('POST', { body: JSON.stringify({ token: adminToken }) })
  assert.equal(signedIn.status, 201)
  const [cookie = ''] = signedIn.headers.getSetCookie()
  assert.match(cookie, /HttpOnly/)
  assert.match(cookie, /SameSite=Strict/)
  const headers = { cookie: cookie.split(';')[0] ?? '', 'content-type': 'application/json' }
  assert.equal((await fetch(`${origin}/api/v1/sync`, { headers })).status, 200)
  const write = (from: Record<string, string>) =>
    fetch(`${origin}/api/v1/sync/runs`, {
      method: 'POST',
      body: '{"entities":["brands"]}',
      headers: { ...headers, ...from },
    })
  assert.equal((await write({})).status, 403)
  assert.equal((await write({ origin: 'http://evil.example' })).status, 403)
  assert.equal((await write({ origin })).status, 202)
  assert.equal((await session('DELETE', { headers })).status, 200)
  assert.equal((await fetch(`${origin}/api/v1/sync`, { headers })).status, 401)
})

test('a simulated shop opens its page to this machine without a key, and to no other name or proxy', async () => {
  await using shop = await openShop({
    serve: true,
    env: { LIGHTSPEED_BASE_URL: '', LIGHTSPEED_TOKEN: '', SIM_SCALE: 'tiny' },
  })
  const origin = shop.url.replace('localhost', '127.0.0.1')
  const enter = (headers: Record<string, string>) =>
    fetch(`${origin}/api/v1/session`, {
      method: 'POST',
      body: '{}',
      headers: { origin, 'content-type': 'application/json', ...headers },
    })
  assert.equal((await enter({ 'x-forwarded-for': '203.0.113.7' })).status, 401)
  assert.equal((await enter({})).status, 201)
})

async function read(response: Response): Promise<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(await response.json())
}
