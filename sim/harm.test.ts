import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFields } from './body.ts'
import { first, rowsIn, visit, type Visitor } from './visitor.ts'

const plan = (shop: Visitor, fault: { [option: string]: unknown }) => shop.send('POST', '/sim/trouble', fault)

/** The bare answer, without reading JSON. */
const raw = ({ sim }: Visitor, path: string, init: RequestInit = {}) =>
  fetch(`${sim.url}/api/2.0${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${sim.token}`, 'Content-Type': 'application/json' },
  })

test('too many requests: the date to come back lies ahead, behind, is missing, is seconds, or stands in the body', async () => {
  const noon = Date.UTC(2026, 10, 1, 12)
  await using shop = await visit({ now: () => new Date(noon) })
  const told = async (retryAfter: string) => {
    await plan(shop, { kind: 'too_many', retryAfter, seconds: 7, times: 1 })
    const { status, headers, body } = await shop.get('/outlets')
    assert.equal(status, 429)
    assert.equal((await shop.get('/outlets')).status, 200)
    return headers.get('Retry-After') ?? body['retry-after']
  }
  assert.equal(await told('future'), 'Sun, 01 Nov 2026 12:00:07 GMT')
  assert.equal(await told('past'), 'Sun, 01 Nov 2026 11:59:53 GMT')
  assert.equal(await told('absent'), undefined)
  assert.equal(await told('seconds'), '7')
  assert.equal(await told('body'), 'Sun, 01 Nov 2026 12:00:07 GMT')
})

test('a fault strikes only where it is aimed: by path, method, so many times, after so many', async () => {
  await using shop = await visit()
  await plan(shop, { kind: 'unauthorized', path: '/api/2.0/sales', method: 'get', after: 1, times: 2 })
  const statuses = []
  for (let turn = 0; turn < 5; turn++) statuses.push((await shop.get('/sales')).status)
  assert.deepEqual(statuses, [200, 401, 401, 200, 200])
  await plan(shop, { kind: 'unauthorized', path: 'prod.*inventory$' })
  const product = first(rowsIn(await shop.get('/products?page_size=1')))
  assert.equal((await shop.get(`/products/${String(product['id'])}/inventory`)).status, 401)
  assert.equal((await shop.get('/products')).status, 200)
})

test('standing faults are listed and cleared, one or all', async () => {
  await using shop = await visit()
  const made = await plan(shop, { kind: 'slow', ms: 1 })
  const id = isFields(made.body['data']) ? String(made.body['data']['id']) : ''
  await plan(shop, { kind: 'unauthorized' })
  assert.deepEqual(
    rowsIn(await shop.get('/sim/trouble')).map(({ kind }) => kind),
    ['slow', 'unauthorized'],
  )
  await shop.send('DELETE', `/sim/trouble/${id}`, {})
  assert.deepEqual(
    rowsIn(await shop.get('/sim/trouble')).map(({ kind }) => kind),
    ['unauthorized'],
  )
  shop.sim.clearTrouble()
  assert.equal((await shop.get('/outlets')).status, 200)
})

test('a fault that nobody knows is refused, with the names of those that are known', async () => {
  await using shop = await visit()
  const { status, body } = await plan(shop, { kind: 'flood' })
  assert.equal(status, 422)
  assert.match(String(body['message']), /too_many.*webhook_lost/)
})

test('the server fails: as JSON, as a page of a gateway, or without a word', async () => {
  await using shop = await visit()
  const failing = async (status: number, body: string) => {
    await plan(shop, { kind: 'server_error', status, body, times: 1 })
    const answer = await raw(shop, '/outlets')
    return [answer.status, answer.headers.get('Content-Type')?.split(';')[0] ?? '', await answer.text()] as const
  }
  assert.deepEqual(await failing(500, 'json'), [500, 'application/json', '{"error":"Internal Server Error"}'])
  const [status, type, text] = await failing(502, 'html')
  assert.deepEqual([status, type], [502, 'text/html'])
  assert.match(text, /Bad Gateway/)
  assert.deepEqual((await failing(503, 'empty')).slice(0, 1), [503])
  assert.equal((await failing(504, 'empty'))[2], '')
})

test('an answer is lost, but what was asked has happened', async () => {
  await using shop = await visit()
  await plan(shop, { kind: 'answer_lost', method: 'POST', path: '/api/2.0/tags', times: 1 })
  await assert.rejects(raw(shop, '/tags', { method: 'POST', body: '{"name":"lost and found"}' }))
  assert.equal((await shop.walk('/tags')).at(-1)?.['name'], 'lost and found')
})

test('an answer comes late', async () => {
  await using shop = await visit()
  await plan(shop, { kind: 'slow', ms: 120, times: 1 })
  const started = performance.now()
  await shop.get('/outlets')
  assert.ok(performance.now() - started >= 115)
})

test('a page never ends', async () => {
  await using shop = await visit()
  await plan(shop, { kind: 'endless', ms: 5, times: 1 })
  const answer = await raw(shop, '/outlets', { signal: AbortSignal.timeout(150) })
  assert.equal(answer.status, 200)
  await assert.rejects(answer.text(), { name: 'TimeoutError' })
})

test('a page is cut in the middle, with and without the connection', async () => {
  await using shop = await visit()
  await plan(shop, { kind: 'truncated', times: 1 })
  const text = await (await raw(shop, '/outlets')).text()
  assert.throws(() => JSON.parse(text))
  await plan(shop, { kind: 'truncated', variant: 'cut', times: 1 })
  await assert.rejects(async () => (await raw(shop, '/outlets')).text())
  assert.equal((await shop.get('/outlets')).status, 200)
})

test('a bad record sits among good ones: without id, of the wrong type, or no record at all', async () => {
  await using shop = await visit()
  const good = rowsIn(await shop.get('/outlets'))
  const page = async (fault: { [option: string]: unknown }) => {
    await plan(shop, { kind: 'bad_record', times: 1, ...fault })
    const { body } = await shop.get('/outlets')
    return Array.isArray(body['data']) ? body['data'] : []
  }
  const { id: _, ...nameless } = good[1] ?? {}
  assert.deepEqual(await page({}), [good[0], nameless, ...good.slice(1)])
  assert.deepEqual(await page({ variant: 'not_object', at: 0, value: null }), [null, ...good])
  assert.deepEqual(await page({ variant: 'wrong_type', at: 2, replace: true, field: 'name', value: 7 }), [
    ...good.slice(0, 2),
    { ...good[2], name: 7 },
  ])
})

test('the same page comes again and again, whatever the cursor says', async () => {
  await using shop = await visit()
  await plan(shop, { kind: 'same_page', path: '/api/2.0/inventory' })
  const one = rowsIn(await shop.get('/inventory?page_size=10'))
  const two = rowsIn(await shop.get(`/inventory?page_size=10&after=${String(one.at(-1)?.['version'])}`))
  assert.deepEqual(two, one)
})

test('a token of an app is dead from this moment, a personal one only this once', async () => {
  await using shop = await visit()
  await plan(shop, { kind: 'expire_token', times: 1 })
  assert.deepEqual([(await shop.get('/outlets')).status, (await shop.get('/outlets')).status], [401, 200])
})

test('fields and statuses that nobody has heard of', async () => {
  await using shop = await visit()
  await plan(shop, { kind: 'unknown_field', times: 1 })
  assert.deepEqual(first(rowsIn(await shop.get('/sales')))['surprise'], { new: [1, 'two'] })
  await plan(shop, { kind: 'unknown_status', value: 'TELEPORTED', times: 1 })
  assert.ok(rowsIn(await shop.get('/consignments')).every(({ status }) => status === 'TELEPORTED'))
})

test('numbers come as texts and texts as numbers, but the cursor stays one', async () => {
  await using shop = await visit()
  await plan(shop, { kind: 'numbers_as_strings', times: 1 })
  const texts = await shop.get('/inventory')
  assert.equal(typeof first(rowsIn(texts))['inventory_level'], 'string')
  assert.equal(isFields(texts.body['version']) && typeof texts.body['version']['max'], 'number')
  await plan(shop, { kind: 'strings_as_numbers', times: 1 })
  assert.equal(typeof first(rowsIn(await shop.get('/products')))['sku'], 'number')
})

test('what was asked is remembered, with what came of it', async () => {
  await using shop = await visit()
  await shop.get('/outlets?page_size=2')
  await fetch(`${shop.sim.url}/api/2.0/taxes`)
  assert.deepEqual(
    shop.sim.requests.map(({ method, path, status, authorization }) => [method, path, status, authorization]),
    [
      ['GET', '/api/2.0/outlets?page_size=2', 200, 'bearer'],
      ['GET', '/api/2.0/taxes', 401, 'none'],
    ],
  )
})
