import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRateLimit } from './rate-limit.ts'
import { visit } from './visitor.ts'

const noon = Date.UTC(2026, 10, 1, 12)

test('a shop takes 300 requests a register and 50 more in five minutes, and counts down', async () => {
  await using shop = await visit({ now: () => new Date(noon) })
  const { headers } = await shop.get('/outlets')
  assert.equal(headers.get('x-ratelimit-limit'), String(300 * 4 + 50))
  assert.equal(headers.get('x-ratelimit-remaining'), String(300 * 4 + 49))
  const { body } = await shop.get('/registers')
  assert.ok(Array.isArray(body['data']))
  await shop.send('POST', '/sim/change', { collection: 'registers', patch: { name: 'Pop-up', outlet_id: 'x' } })
  assert.equal((await shop.get('/outlets')).headers.get('x-ratelimit-limit'), String(300 * 5 + 50))
})

test('who asks too often is told when to come back, as an HTTP date, and may then', async () => {
  let time = noon + 3000
  await using shop = await visit({ now: () => new Date(time), rateLimit: { requests: 2, windowSeconds: 10 } })
  assert.equal((await shop.get('/outlets')).status, 200)
  assert.equal((await shop.get('/outlets')).headers.get('x-ratelimit-remaining'), '0')
  const refused = await shop.get('/outlets')
  assert.equal(refused.status, 429)
  assert.deepEqual(refused.body, { error: 'Too Many Requests', message: 'Rate limiting enforced' })
  assert.equal(refused.headers.get('Retry-After'), 'Sun, 01 Nov 2026 12:00:10 GMT')
  time = Date.parse(refused.headers.get('Retry-After') ?? '')
  assert.equal((await shop.get('/outlets')).status, 200)
})

test('with the limit off nobody is refused', async () => {
  await using shop = await visit({ scale: 'tiny:outlets=1,registers=1', rateLimit: 'off', now: () => new Date(noon) })
  const answers = await Promise.all(Array.from({ length: 400 }, () => shop.get('/tags?page_size=1')))
  assert.ok(answers.every(({ status }) => status === 200))
})

test('a limit is written as requests and seconds', () => {
  assert.deepEqual(readRateLimit('100/10'), { requests: 100, windowSeconds: 10 })
  assert.equal(readRateLimit('off'), 'off')
  assert.throws(() => readRateLimit('many'), /100\/10/)
})
