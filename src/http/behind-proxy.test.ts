import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { adminToken, openShop } from '#test/shop.ts'
import { publicOrigin } from './address.rules.ts'

const byTls = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'consign.example', 'x-forwarded-for': '203.0.113.7' }
const oauth = { LIGHTSPEED_TOKEN: '', LIGHTSPEED_CLIENT_ID: 'the-app', LIGHTSPEED_CLIENT_SECRET: 'its-secret' }

test('behind a trusted proxy with TLS the way back from Lightspeed is the address that people know', async () => {
  await using trusting = await openShop({ env: { ...oauth, TRUSTED_PROXIES: '1' } })
  assert.equal(await wayBack(trusting), 'https://consign.example/lightspeed/callback')
  await using alone = await openShop({ env: oauth })
  assert.equal(await wayBack(alone), 'http://localhost/lightspeed/callback')
})

test('behind it the cookie only goes over TLS, and pages of that address may write; elsewhere nobody can pretend that', async () => {
  await using trusting = await openShop({ env: { TRUSTED_PROXIES: '1' } })
  const opened = await signIn(trusting, 'https://consign.example')
  assert.equal(opened.status, 201)
  assert.match(opened.headers.getSetCookie()[0] ?? '', /; Secure/)
  assert.equal((await signIn(trusting, 'https://evil.example')).status, 403)

  await using alone = await openShop()
  assert.equal((await signIn(alone, 'https://consign.example')).status, 403)
  const plainly = await signIn(alone, 'http://inside:3000')
  assert.equal(plainly.status, 201)
  assert.doesNotMatch(plainly.headers.getSetCookie()[0] ?? '', /Secure/)
})

test('of several proxies the outermost that is trusted counts, and what is no host is not believed', () => {
  const url = 'http://inside:3000/lightspeed/connect'
  const seen = (proto: string | undefined, host: string | undefined, proxies: number) =>
    publicOrigin({ url, forwardedProto: proto, forwardedHost: host }, proxies)
  assert.equal(seen('https', 'shop.example', 0), 'http://inside:3000')
  assert.equal(seen('https', undefined, 1), 'https://inside:3000')
  assert.equal(seen('https, http', 'shop.example, inner:8080', 2), 'https://shop.example')
  assert.equal(seen('http, https', 'forged.example, shop.example', 1), 'https://shop.example')
  assert.equal(seen('https', 'shop.example:8443', 1), 'https://shop.example:8443')
  assert.equal(seen('javascript', 'shop.example/path?a=', 1), 'http://inside:3000')
  assert.equal(seen('https', 'shop.example:99999', 1), 'http://inside:3000')
})

type Shop = Awaited<ReturnType<typeof openShop>>

async function wayBack({ app }: Shop) {
  const headers = { authorization: `Bearer ${adminToken}`, ...byTls }
  const answer = await app.request('/api/v1/lightspeed/authorizations', { method: 'POST', headers })
  const { url } = z.object({ url: z.string() }).parse(await answer.json())
  return new URL(url).searchParams.get('redirect_uri')
}

async function signIn({ app }: Shop, origin: string) {
  const headers = { ...byTls, origin, host: 'inside:3000', 'content-type': 'application/json' }
  return app.request('/api/v1/session', { method: 'POST', headers, body: JSON.stringify({ token: adminToken }) })
}
