import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { openShop } from '#test/shop.ts'
import { valueInWords } from './reference.rules.ts'

test('the reference is a page to read that names each route, and loads nothing from elsewhere', async () => {
  await using shop = await openShop()
  const answer = await shop.app.request('/api/docs')
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'self'/)
  const page = await answer.text()
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(await (await shop.app.request('/api/openapi.json')).json())
  assert.ok(Object.keys(paths).length > 15)
  for (const path of Object.keys(paths)) assert.ok(page.includes(`<code>${path}</code>`), path)
  assert.doesNotMatch(page, /<script|\bsrc=|@import|url\(|href="https?:/)
  assert.match(page, /<code>entities<\/code>[\s\S]*?list of text/)
  assert.match(page, /curl -X POST [^<]*\/api\/v1\/sync\/runs/)
  assert.match(page, /<code>data\[\]\.triesLeft<\/code> whole number/)
  assert.match(page, /action=queue_stats/)
  assert.match(page, /curl -X POST -H [^<]*X-Lightspeed-Signature: …[^<]*\/webhooks\/courier/)
})

test('what an operation answers is described as it is answered', async () => {
  await using shop = await openShop()
  const description = JSON.stringify(await (await shop.app.request('/api/openapi.json')).json())
  assert.doesNotMatch(description, /Validation Error|"responses":\{\}/)
  assert.match(description, /"application\/problem\+json"/)
})

test('values are told in words', () => {
  assert.equal(valueInWords({ type: 'integer', minimum: 1, maximum: 500 }), 'whole number 1–500')
  assert.equal(valueInWords({ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), 'whole number from 1')
  assert.equal(
    valueInWords({ anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] }),
    'time (RFC 3339) or null',
  )
  assert.equal(valueInWords({ type: 'array', items: { type: 'string', maxLength: 9 } }), 'list of text, at most 9')
  assert.equal(valueInWords({ type: 'string', enum: ['a', 'b'] }), '"a" or "b"')
})
