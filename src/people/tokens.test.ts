import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { adminToken, openShop } from '#test/shop.ts'
import { typeCommand } from '#test/terminal.ts'

test('a token made for looking may look, and nothing else', async () => {
  await using shop = await openShopWithKeys()
  const { token } = await shop.make({ name: 'stock report', scopes: ['mirror:read'] })
  assert.match(token, /^consign_[\w-]{43}$/)
  assert.equal((await shop.get('/api/v1/mirror/brands', token)).status, 200)
  const refused = await shop.get('/api/v1/sync', token)
  assert.equal(refused.status, 403)
  const { code, detail } = problem.parse(await refused.json())
  assert.equal(code, 'scope_missing')
  assert.match(detail, /stock report may not do this: the right sync:read is missing/)
  assert.equal((await shop.get('/api/v1/tokens', token)).status, 403)
})

test('a token ends when it was said to end', async () => {
  await using shop = await openShopWithKeys()
  const expiresAt = new Date(Date.now() + 1_000).toISOString()
  const { token } = await shop.make({ name: 'for a moment', scopes: ['sync:read'], expiresAt })
  assert.equal((await shop.get('/api/v1/sync', token)).status, 200)
  await sleep(1_050)
  const refused = await shop.get('/api/v1/sync', token)
  assert.equal(refused.status, 401)
  assert.equal(problem.parse(await refused.json()).code, 'token_not_valid')
  const past = await shop.ask({ name: 'too late', scopes: ['sync:read'], expiresAt: '2020-01-01T00:00:00Z' })
  assert.equal(past.status, 422)
})

test('a token that was taken back opens nothing any more, nor does the page that was opened with it', async () => {
  await using shop = await openShopWithKeys()
  const { id, token } = await shop.make({ name: 'second administrator', scopes: ['*'] })
  const headers = { 'content-type': 'application/json', origin: 'http://shop.test', host: 'shop.test' }
  const opened = await shop.app.request('/api/v1/session', { method: 'POST', headers, body: JSON.stringify({ token }) })
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const page = () => shop.app.request('/api/v1/sync', { headers: { cookie } })
  assert.equal((await page()).status, 200)
  assert.equal((await shop.takeBack(id, token)).status, 422)
  assert.equal((await shop.takeBack(id)).status, 200)
  assert.equal((await shop.takeBack(id)).status, 200)
  assert.equal((await shop.get('/api/v1/sync', token)).status, 401)
  assert.equal((await page()).status, 401)
  const { data } = await (await shop.api.api.v1.audit.$get({ query: { entity: 'api_token', id } })).json()
  assert.deepEqual(
    data.map(({ action }) => action),
    ['token.revoked', 'token.created'],
  )
  assert.ok(!JSON.stringify(data).includes(token))
})

test('nobody hands on a right that he does not have, nor one that there is not', async () => {
  await using shop = await openShopWithKeys()
  const { token } = await shop.make({ name: 'keeper of keys', scopes: ['tokens:manage', 'sync:read'] })
  assert.equal((await shop.ask({ name: 'a look', scopes: ['sync:read'] }, token)).status, 201)
  const more = await shop.ask({ name: 'more', scopes: ['sync:read', 'sync:run'] }, token)
  assert.equal(problem.parse(await more.json()).code, 'scope_not_held')
  assert.equal((await shop.ask({ name: 'all', scopes: ['*'] }, token)).status, 403)
  const odd = await shop.ask({ name: 'odd', scopes: ['sync:raed'] })
  assert.equal(problem.parse(await odd.json()).code, 'scope_unknown')
})

test('from the command line a token is made, listed and taken back', async () => {
  await using shop = await openShopWithKeys()
  const consign = (line: string) => typeCommand(line, { api: shop.api })
  assert.match((await consign('token create report --scope sync:read --dry-run')).stdout, /Would be made: report/)
  const made = await consign('token create report --scope sync:read,mirror:read --days 90')
  assert.match(made.stdout, /^consign_[\w-]{43}\n$/)
  assert.equal((await shop.get('/api/v1/sync', made.stdout.trim())).status, 200)
  const { data } = JSON.parse((await consign('token list --json')).stdout)
  assert.equal(data.length, 1)
  assert.match((await consign('token list')).stdout, /report +sync:read, mirror:read +.*good until/)
  assert.match((await consign(`token revoke ${data[0].id} --dry-run`)).stdout, /Would be taken back: report/)
  assert.match((await consign(`token revoke ${data[0].id}`)).stdout, /Taken back: report/)
  assert.match((await consign('token list')).stdout, /taken back/)
  assert.equal((await consign('token create report')).exitCode, 2)
  assert.equal((await consign('token revoke report')).exitCode, 2)
})

const problem = z.object({ code: z.string(), detail: z.string() })
const madeToken = z.object({ id: z.string(), token: z.string() })

async function openShopWithKeys() {
  const shop = await openShop()
  const ask = async (wish: object, token = adminToken) =>
    shop.app.request('/api/v1/tokens', { method: 'POST', headers: bearer(token), body: JSON.stringify(wish) })
  return {
    ...shop,
    ask,
    make: async (wish: object) => madeToken.parse(await (await ask(wish)).json()),
    get: async (path: string, token: string) => shop.app.request(path, { headers: bearer(token) }),
    takeBack: async (id: string, token = adminToken) =>
      shop.app.request(`/api/v1/tokens/${id}`, { method: 'DELETE', headers: bearer(token) }),
  }
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
}
