import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { answerJson, openOddServer } from '#test/odd-server.ts'
import { openWorld } from '#test/world.ts'
import type { Db } from '../db/database.ts'
import { openBudget } from './budget.ts'
import { openLightspeed, type LightspeedOptions, type LogLine } from './client.ts'
import { personalToken } from './credentials.ts'
import { endpoints } from './endpoints.ts'
import { LightspeedError, type ErrorKind } from './errors.rules.ts'

const milk = { data: [{ id: 'milk', version: 7, price: 3.5 }], version: { min: 7, max: 7 } }

test('a page of products is read with its tombstones, behind the last version', async () => {
  await using shop = await openShop((response) => answerJson(response, 200, milk))

  const page = await shop.lightspeed.list(endpoints.products, { after: 3, pageSize: 50 })

  assert.deepEqual([page.records, page.max], [milk.data, 7])
  assert.equal(shop.requests[0]?.path, '/api/2.0/products?after=3&page_size=50&deleted=true')
  assert.match(shop.requests[0]?.headers['user-agent'] ?? '', /^Consign\/\d/)
})

test('one record is read by its id, the shop itself without', async () => {
  await using shop = await openShop((response) => answerJson(response, 200, { data: { id: 'p1', name: 'Milk' } }))
  assert.deepEqual(await shop.lightspeed.get(endpoints.products, { id: 'p1' }), { id: 'p1', name: 'Milk' })
  await shop.lightspeed.get(endpoints.retailer)
  assert.deepEqual(shop.paths(), ['/api/2.0/products/p1', '/api/2.0/retailer'])
})

test('a fault of Lightspeed and a web page of its gateway pass, and the page is read after all', async () => {
  await using shop = await openShop((response, count) => {
    if (count === 1) return answerJson(response, 500, { error: 'Oops' })
    if (count === 2) return response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>Bad Gateway</h1>')
    return answerJson(response, 200, milk)
  })
  assert.equal((await shop.lightspeed.list(endpoints.products)).records.length, 1)
  assert.deepEqual(
    shop.log.map(({ status, attempt }) => [status, attempt]),
    [
      [500, 1],
      [502, 2],
      [200, 3],
    ],
  )
})

test('a page that is cut off is asked for again', async () => {
  const text = JSON.stringify(milk)
  const half = text.slice(0, 20)
  await using shop = await openShop((response, count) => {
    if (count === 1) response.end(half)
    else if (count > 2) response.end(text)
    else response.writeHead(200, { 'content-length': text.length }).write(half, () => response.socket?.destroy())
  })
  assert.equal((await shop.lightspeed.list(endpoints.products)).records.length, 1)
  assert.deepEqual(
    shop.log.map(({ failure }) => failure),
    ['not_json', 'unreachable', undefined],
  )
})

test('an answer without a list is never taken for the end of the list', async () => {
  await using shop = await openShop((response) => response.end())
  await fails('not_json', shop.lightspeed.list(endpoints.products))
})

test('a body that never ends fails in time, and says so', async () => {
  await using shop = await openShop((response) => response.write('{"data":['), { limits: { bodyTimeoutMs: 150 } })
  const started = Date.now()
  await fails('timed_out', shop.lightspeed.list(endpoints.sales), /did not answer GET \/api\/2.0\/sales in time/)
  assert.ok(Date.now() - started < 3000)
  assert.equal(shop.requests.length, 3)
})

test('a page over the size limit is left unread, and asked for once only', async () => {
  await using shop = await openShop((response) => pour(response), { limits: { maxBodyBytes: 100_000 } })
  await fails('too_large', shop.lightspeed.list(endpoints.sales), /100000 bytes/)
  assert.equal(shop.requests.length, 1)
})

test('a redirect is not followed: the token would go with it', async () => {
  await using shop = await openShop((response) =>
    response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
  )
  await fails('rejected', shop.lightspeed.list(endpoints.products), /elsewhere\.example.*not taken elsewhere/)
  assert.equal(shop.requests.length, 1)
})

test('a refused token is no secret error: the message says where to make a new one', async () => {
  await using shop = await openShop((response) => answerJson(response, 401, { error: 'Access token is not valid' }))
  await fails('unauthorised', shop.lightspeed.get(endpoints.user), /Personal tokens.*LIGHTSPEED_TOKEN/)
  assert.equal(shop.requests.length, 1)
})

test('what is refused for its content is refused once, with Lightspeed’s own words', async () => {
  const body = { error: 'Not valid', fields: { name: 'Already exists' } }
  await using shop = await openShop((response) => answerJson(response, 422, body))
  const refused = shop.lightspeed.request({ method: 'PUT', path: '/api/2.0/brands/b1', body: { name: 'Milk' } })
  const error = await fails('rejected', refused, /Not valid/)
  assert.deepEqual(error.complaint?.fields, body.fields)
  assert.deepEqual(
    shop.requests.map(({ body: sent }) => sent),
    ['{"name":"Milk"}'],
  )
})

test('an order whose answer was lost is not sent a second time', async () => {
  await using shop = await openShop((response) => response.socket?.destroy())
  await fails(
    'unreachable',
    shop.lightspeed.request({ method: 'POST', path: '/api/2.0/consignments', body: { name: 'x' } }),
  )
  assert.equal(shop.requests.length, 1)
  await fails('unreachable', shop.lightspeed.request({ method: 'PUT', path: '/api/2.0/consignments/c1', body: {} }))
  assert.equal(shop.requests.length, 6)
})

test('what is deleted already counts as deleted, and a deletion needs no words in answer', async () => {
  await using shop = await openShop((response, count) => response.writeHead(count === 1 ? 204 : 404).end())
  const request = { method: 'DELETE', path: '/api/2.0/consignments/c1' } as const
  assert.equal((await shop.lightspeed.request(request)).status, 204)
  assert.equal((await shop.lightspeed.request(request)).status, 404)
})

test('a Lightspeed that is not there is named, with what to check', async () => {
  const { url } = await closedServer()
  await using shop = await openShop(() => {}, { credentials: personalToken({ origin: url, token: 'secret-token' }) })
  await fails('unreachable', shop.lightspeed.get(endpoints.retailer), /nothing listens there.*LIGHTSPEED_BASE_URL/)
})

test('stopping ends a request that hangs, with the reason for stopping', async () => {
  await using shop = await openShop(() => {})
  const stopping = new AbortController()
  setTimeout(() => stopping.abort(new Error('closing time')), 50)
  await assert.rejects(shop.lightspeed.list(endpoints.products, { signal: stopping.signal }), /closing time/)
})

test('neither the token nor anything that was sent or answered gets into the log', async () => {
  await using shop = await openShop((response, count) =>
    answerJson(response, count === 1 ? 500 : 200, { data: 'customer-name' }),
  )
  const body = { email: 'someone@example.org' }
  const lightspeed = shop.lightspeed.causedBy('a-click')
  await lightspeed.request({ method: 'PUT', path: '/api/2.0/customers/c1', query: { note: 'private' }, body })
  const { ms, ...line } = shop.log[1] ?? { ms: -1 }
  const what = { method: 'PUT', path: '/api/2.0/customers/c1', status: 200, attempt: 2 }
  assert.deepEqual(line, { ...what, correlationId: 'a-click' })
  assert.ok(ms >= 0)
  assert.doesNotMatch(JSON.stringify(shop.log), /secret-token|customer-name|someone|private/)
})

async function openShop(
  answer: (response: ServerResponse, count: number) => unknown,
  options: Partial<LightspeedOptions> = {},
) {
  const stack = new AsyncDisposableStack()
  const server = stack.use(await openOddServer((response, _, count) => void answer(response, count)))
  const world = stack.use(await openWorld())
  const log: LogLine[] = []
  const lightspeed = openLightspeed({ ...partsFor(world.db, server.url), log: (line) => log.push(line), ...options })
  const paths = () => server.requests.map(({ path }) => path)
  return { lightspeed, log, paths, requests: server.requests, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

function partsFor(db: Db, origin: string) {
  return {
    credentials: personalToken({ origin, token: 'secret-token' }),
    budget: openBudget({ db, retailer: origin }),
    pause: () => Promise.resolve(),
  }
}

async function fails(kind: ErrorKind, work: Promise<unknown>, message = /./): Promise<LightspeedError> {
  const error = await work.then(
    () => assert.fail('it succeeded'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof LightspeedError, String(error))
  assert.equal(error.kind, kind)
  assert.match(error.message, message)
  return error
}

function pour(response: ServerResponse) {
  const more = () => void (response.destroyed || response.write('x'.repeat(10_000), () => setImmediate(more)))
  more()
}

async function closedServer() {
  await using server = await openOddServer(() => {})
  return { url: server.url }
}
