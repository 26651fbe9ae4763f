import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { adminToken, openShop } from '#test/shop.ts'

const limits = { RATE_LIMIT_ADDRESS: '60', RATE_LIMIT_TOKEN: '90' }
const problem = z.object({ code: z.string(), status: z.number(), details: z.unknown() })
const key = { headers: { authorization: `Bearer ${adminToken}` } }

test('the 61st request of a stranger in a minute is told when to come back', async () => {
  await using shop = await openShop({ serve: true, env: limits })
  const ask = () => fetch(`${shop.url}/api/v1/session`)
  for (let count = 1; count <= 60; count++) assert.equal((await ask()).status, 200)
  const refused = await ask()
  assert.equal(refused.status, 429)
  assert.equal(refused.headers.get('content-type'), 'application/problem+json')
  const seconds = Number(refused.headers.get('retry-after'))
  assert.ok(seconds >= 1 && seconds <= 60, `${seconds}`)
  const { code, status, details } = problem.parse(await refused.json())
  assert.deepEqual(
    [code, status, details],
    ['too_many_requests', 429, { limitPerMinute: 60, retryAfterSeconds: seconds }],
  )
  assert.equal((await fetch(`${shop.url}/api/v1/sync`, key)).status, 200)
  assert.equal((await fetch(`${shop.url}/health/live`)).status, 200)
  assert.equal((await fetch(`${shop.url}/`)).status, 200)
})

test('whoever tries one token after the other soon waits', async () => {
  await using shop = await openShop({ env: limits })
  const attempt = (token: string) => shop.app.request('/api/v1/sync', { headers: { authorization: `Bearer ${token}` } })
  for (let count = 1; count <= 60; count++) assert.equal((await attempt(`guess-${count}`)).status, 401)
  assert.equal((await attempt('guess-61')).status, 429)
  assert.equal((await attempt(adminToken)).status, 200)
})

test('each token has its own count, and a larger one', async () => {
  await using shop = await openShop({ env: limits })
  const statuses: number[] = []
  for (let count = 1; count <= 91; count++) statuses.push((await shop.app.request('/api/v1/sync', key)).status)
  assert.deepEqual([statuses.indexOf(429), statuses.filter((status) => status === 200).length], [90, 90])
})

test('the address for old scripts is limited by address, with a token too', async () => {
  await using shop = await openShop({ env: limits })
  const ask = () => shop.app.request('/api/sync?action=version', { method: 'POST', ...key })
  for (let count = 1; count <= 60; count++) assert.notEqual((await ask()).status, 429)
  assert.equal((await ask()).status, 429)
})

test('webhooks that are signed wrong again and again are turned away in another way', async () => {
  await using shop = await openShop({ env: { RATE_LIMIT_BAD_SIGNATURES: '3', LS_WEBHOOK_SECRET: 'a-secret' } })
  const knock = async () => (await shop.app.request('/webhooks/lightspeed', { method: 'POST', body: '{}' })).status
  assert.deepEqual([await knock(), await knock(), await knock(), await knock()], [401, 401, 401, 429])
})
