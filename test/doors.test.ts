import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { hashOf } from '#src/people/sign-in.actions.ts'
import { rights } from '#src/people/rights.rules.ts'
import { adminToken, openShop } from './shop.ts'
import { judgeOf, openDoors, problem, urlOf, type Door, type OpenDoors } from './doors.ts'

test('every door is described, every described door is there, and each tells what to send', async () => {
  await using shop = await openDoors()
  const there = shop.app.routes.filter(({ method, path }) => method !== 'ALL' && path !== '/*')
  const names = there.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  assert.deepEqual(shop.doors.map(({ name }) => name).toSorted(), [...new Set(names)].toSorted())
  const ids = shop.doors.map(({ operationId }) => operationId)
  assert.equal(new Set(ids).size, ids.length)
  for (const { name, summary, schema, example, url } of shop.doors) {
    assert.ok(summary.length > 5, name)
    assert.doesNotMatch(url, /no-example-of/, `${name}: add its address to src/http/examples.ts`)
    if (schema === undefined || name === 'POST /api/sync') continue
    assert.ok(example, `${name}: add what one would send to src/http/examples.ts`)
    assert.ok(judgeOf(schema)(example), `${name}: its example is not what its schema says`)
  }
})

test('no door opens to a stranger, nor with a token that is over, taken back or without the right', async () => {
  await using shop = await openDoors()
  const keep = (name: string, more: object = {}) =>
    shop.db
      .insertInto('api_token')
      .values({ name, token_hash: hashOf(name), scopes: ['costs:read'], ...more })
      .execute()
  await keep('over', { scopes: ['*'], expires_at: new Date(Date.now() - 1000) })
  await keep('taken-back', { scopes: ['*'], revoked_at: new Date() })
  await keep('of-another-right')
  assert.ok(shop.guarded.length > 40)
  for (const door of shop.guarded) {
    for (const token of ['', 'unknown', 'over', 'taken-back']) {
      const { status, code } = await refusalOf(await shop.knock(door, { token, body: door.example }))
      assert.deepEqual([status, code], [401, token === '' ? 'sign_in_needed' : 'token_not_valid'], door.name)
    }
    const { status, code, details } = await refusalOf(
      await shop.knock(door, { token: 'of-another-right', body: door.example }),
    )
    assert.deepEqual([status, code], [403, 'scope_missing'], door.name)
    const { scope } = Object(details)
    assert.ok(Object.hasOwn(rights, scope), door.name)
  }
})

test('a browser that is signed in writes nothing for a foreign page, at any door', async () => {
  await using shop = await openDoors()
  await shop.db
    .insertInto('session')
    .values({ token_hash: hashOf('cookie'), actor: 'administrator', expires_at: new Date(Date.now() + 60_000) })
    .execute()
  const cookie = 'consign_session=cookie'
  const doors = shop.guarded.filter(({ method }) => method !== 'get')
  for (const door of [...doors, { name: 'POST /api/sync', method: 'post', url: '/api/sync', example: undefined }]) {
    for (const origin of [{}, { origin: 'http://evil.example' }, { origin: 'null' }]) {
      const headers = { cookie, host: 'shop.test', ...origin }
      const refused = await shop.knock(door, { token: '', body: door.example, headers })
      assert.equal(refused.status, 403, door.name)
      assert.match(await refused.text(), /foreign_page/)
    }
  }
})

test('whatever is sent to a door is taken or refused in words; nothing breaks behind it', async () => {
  await using shop = await openDoors()
  for (const door of shop.guarded.filter(({ method }) => method !== 'get')) {
    if (door.schema === undefined) continue
    for (const broken of ['{', '', 'tea', '"', '{"a":', '[1,']) {
      const { status, code } = await refusalOf(await shop.knock(door, { body: broken }))
      assert.deepEqual([status, code], [400, 'request_unreadable'], `${door.name} ${broken}`)
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    assert.equal((await shop.knock(door, { body: 'a=b', headers: form })).status, 400, door.name)
    for (const { sent, named } of oddBodies(door)) await tryOdd(shop, door, sent, named)
  }
})

test('odd addresses and questions find no broken door either', async () => {
  await using shop = await openDoors()
  const long = 'x'.repeat(6_000)
  const odd = [
    '',
    '-1',
    '0',
    '1e999',
    '9'.repeat(30),
    'null',
    'undefined',
    'NaN',
    '%22',
    '..%2f..%2fetc',
    long,
    '%F0%9F%8D%B5',
    '%ff',
  ]
  for (const door of shop.guarded) {
    const inQuery = door.parameters.filter((one) => one.in === 'query')
    for (const { name } of inQuery)
      for (const value of [...odd, '%00']) {
        const parameters = door.parameters.map((one) => (one.name === name ? { ...one, example: value } : one))
        const answer = await shop.knock({ ...door, url: urlOf(door.path, parameters) }, { body: door.example })
        await sound(answer, `${door.name}?${name}=${value.slice(0, 20)}`)
      }
    if (!door.path.includes('{')) continue
    for (const value of [...odd.slice(1), '%00']) {
      const url = door.path.replaceAll(/\{\w+\}/g, value)
      const answer = await shop.knock({ ...door, url }, { body: door.example })
      await sound(answer, `${door.method} ${url.slice(0, 80)}`)
    }
  }
})

test('over the network too a POST needs a body only where it has something to say', async () => {
  await using shop = await openShop({ serve: true })
  const post = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${adminToken}`)
    return (await fetch(`${shop.url}${path}`, { method: 'POST', ...init, headers })).status
  }
  assert.equal(await post('/api/v1/lightspeed/checks'), 200)
  assert.equal(await post('/api/v1/webhook-events/999/replay'), 404)
  assert.equal(await post('/api/v1/sync/runs', { body: new URLSearchParams('entities=brands') }), 400)
  assert.equal(await post('/api/v1/sync/runs', { body: '{"entities":["brands"]}' }), 400)
  assert.equal(await postBare(shop.url, '/api/v1/lightspeed/checks'), 200)
})

/** As `curl -X POST` does it: not even a length. */
async function postBare(url: string, path: string): Promise<number> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const headers = `Host: ${hostname}\r\nAuthorization: Bearer ${adminToken}\r\nConnection: close`
  socket.write(`POST ${path} HTTP/1.1\r\n${headers}\r\n\r\n`)
  return Number((await text(socket)).split(' ')[1])
}

/** A refusal as the contract has it. */
async function refusalOf(answer: Response) {
  assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  const said = problem.parse(await answer.json())
  assert.equal(said.status, answer.status)
  assert.equal(said.type, `urn:consign:problem:${said.code}`)
  return said
}

/** Lightspeed away (502) and a setting that is missing (503) are answers; 500 is a fault of ours. */
async function sound(answer: Response, what: string) {
  if (answer.status >= 400) {
    const { status, detail } = await refusalOf(answer)
    assert.ok([400, 401, 403, 404, 409, 412, 413, 422, 429, 502, 503].includes(status), `${what}: ${status} ${detail}`)
  } else await answer.body?.cancel()
}

async function tryOdd(shop: OpenDoors, door: Door, sent: unknown, named: string) {
  const what = `${door.name} ${JSON.stringify(sent).slice(0, 200)}`
  const answer = await shop.knock(door, { body: JSON.stringify(sent) })
  const isLawful = judgeOf(door.schema ?? {})(sent)
  if (isLawful) return sound(answer, what)
  const { status, code, detail, details } = await refusalOf(answer)
  if (status === 404 || status === 403) return
  assert.deepEqual([status, code], [422, 'body_not_valid'], `${what}: ${detail}`)
  assert.match(`${detail} ${JSON.stringify(details)}`, new RegExp(`\\b${named}`), what)
}

const odds: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  '',
  ' ',
  'x'.repeat(10_000),
  '\0',
  '\ud800',
  '2026-99-99',
  [],
  [null],
  {},
  { a: { b: 1 } },
]

/** The example with one field made odd at a time, with one too many, and what is no object at all. */
function oddBodies({ example }: Door): { sent: unknown; named: string }[] {
  const fields = Object.keys(Object(example))
  return [
    ...[null, [], 7, 'tea', true].map((sent) => ({ sent, named: 'body' })),
    ...fields.flatMap((field) => odds.map((odd) => ({ sent: { ...Object(example), [field]: odd }, named: field }))),
    { sent: { ...Object(example), colour: 'red' }, named: 'colour' },
    { sent: { ...Object(example), ['\0']: 'red' }, named: '' },
  ]
}
