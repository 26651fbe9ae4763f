import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isFields } from './body.ts'
import { rowsIn, visit, type Visitor } from './visitor.ts'

const home = 'https://consumer.example/callback'

/** Says yes for a scope and gives the code that comes back. */
async function authorize({ sim }: Visitor, scope: string, more = ''): Promise<URL> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: sim.clientId,
    redirect_uri: home,
    state: 'xyz',
    scope,
  })
  const answer = await fetch(`${sim.url}/connect?${query.toString()}${more}`, { redirect: 'manual' })
  assert.equal(answer.status, 302)
  return new URL(answer.headers.get('Location') ?? '')
}

async function token({ sim }: Visitor, form: { [field: string]: string }) {
  const body = new URLSearchParams({
    client_id: sim.clientId,
    client_secret: sim.clientSecret,
    redirect_uri: home,
    ...form,
  })
  const answer = await fetch(`${sim.url}/api/1.0/token`, { method: 'POST', body })
  const value: unknown = await answer.json()
  const fields = isFields(value) ? value : {}
  return {
    status: answer.status,
    headers: answer.headers,
    fields,
    access: String(fields['access_token']),
    refresh: String(fields['refresh_token']),
  }
}

async function grant(shop: Visitor, scope = '') {
  const code = (await authorize(shop, scope)).searchParams.get('code') ?? ''
  return token(shop, { grant_type: 'authorization_code', code })
}

test('a shop says yes, and the code becomes a token that reads', async () => {
  await using shop = await visit()
  const back = await authorize(shop, 'products:read')
  assert.equal(back.origin + back.pathname, home)
  assert.equal(back.searchParams.get('state'), 'xyz')
  assert.equal(back.searchParams.get('domain_prefix'), shop.sim.domainPrefix)
  const code = back.searchParams.get('code') ?? ''
  const given = await token(shop, { grant_type: 'authorization_code', code })
  assert.equal(given.fields['token_type'], 'Bearer')
  assert.equal(given.fields['expires_in'], 86_400)
  assert.equal(given.fields['scope'], 'products:read')
  assert.equal((await shop.get('/products', given.access)).status, 200)
  const again = await token(shop, { grant_type: 'authorization_code', code })
  assert.equal(again.status, 400)
  assert.equal(again.fields['error'], 'invalid_grant')
})

test('a shop says no', async () => {
  await using shop = await visit()
  const back = await authorize(shop, 'products:read', '&deny=1')
  assert.equal(back.searchParams.get('error'), 'access_denied')
  assert.equal(back.searchParams.get('state'), 'xyz')
  assert.equal(back.searchParams.get('code'), null)
})

test('a refresh gives both tokens anew, and the old ones are worth nothing', async () => {
  await using shop = await visit()
  const old = await grant(shop)
  const fresh = await token(shop, { grant_type: 'refresh_token', refresh_token: old.refresh })
  assert.equal(fresh.status, 200)
  assert.equal((await shop.get('/outlets', fresh.access)).status, 200)
  assert.equal((await shop.get('/outlets', old.access)).status, 401)
  const twice = await token(shop, { grant_type: 'refresh_token', refresh_token: old.refresh })
  assert.equal(twice.status, 400)
  assert.equal(twice.fields['error_description'], 'The refresh token is invalid.')
})

test('an older store keeps the refresh token and does not send it again', async () => {
  await using shop = await visit({ judgments: { refreshRotates: false } })
  const old = await grant(shop)
  const fresh = await token(shop, { grant_type: 'refresh_token', refresh_token: old.refresh })
  assert.equal(Object.hasOwn(fresh.fields, 'refresh_token'), false)
  assert.equal((await token(shop, { grant_type: 'refresh_token', refresh_token: old.refresh })).status, 200)
})

test('an access token dies of age, and with it nothing else', async () => {
  let time = Date.UTC(2026, 10, 1)
  await using shop = await visit({ now: () => new Date(time) })
  await shop.send('POST', '/sim/oauth', { expiresIn: 10 })
  const given = await grant(shop)
  assert.equal(given.fields['expires_in'], 10)
  time += 9000
  assert.equal((await shop.get('/outlets', given.access)).status, 200)
  time += 1000
  const late = await shop.get('/outlets', given.access)
  assert.equal(late.status, 401)
  assert.deepEqual(late.body, { error: 'Access token is not valid' })
  assert.equal((await token(shop, { grant_type: 'refresh_token', refresh_token: given.refresh })).status, 200)
})

test('a token that was made to expire stays dead until it is refreshed', async () => {
  await using shop = await visit()
  const given = await grant(shop)
  shop.sim.trouble({ kind: 'expire_token', times: 1 })
  assert.equal((await shop.get('/outlets', given.access)).status, 401)
  assert.equal((await shop.get('/outlets', given.access)).status, 401)
  const fresh = await token(shop, { grant_type: 'refresh_token', refresh_token: given.refresh })
  assert.equal((await shop.get('/outlets', fresh.access)).status, 200)
})

test('a shop that is started again with its journal still knows whom it let in', async () => {
  const place = await mkdtemp(join(tmpdir(), 'sim-oauth-'))
  const journal = join(place, 'journal.jsonl')
  const before = await visit({ journal })
  const { access, refresh } = await grant(before)
  await before[Symbol.asyncDispose]()
  {
    await using shop = await visit({ journal })
    assert.equal((await shop.get('/outlets', access)).status, 200)
    const fresh = await token(shop, { grant_type: 'refresh_token', refresh_token: refresh })
    assert.equal(fresh.status, 200)
    assert.notEqual(fresh.access, access)
  }
  await rm(place, { recursive: true })
})

test('a token reads only what its scopes allow, unless the store does not mind', async () => {
  await using shop = await visit()
  const { access } = await grant(shop, 'outlets:read consignments:read')
  assert.equal((await shop.get('/outlets', access)).status, 200)
  assert.equal((await shop.get('/customers', access)).status, 403)
  await shop.send('POST', '/sim/judgments', { scopesEnforced: false })
  assert.equal((await shop.get('/customers', access)).status, 200)
})

test('costs are hidden from a token that may not see them, where the store hides them', async () => {
  await using shop = await visit({ judgments: { costsWithoutScope: 'absent' } })
  const { access } = await grant(shop, 'products:read')
  const seen = rowsIn(await shop.get('/products', access))
  assert.equal(
    seen.some((product) => 'supply_price' in product),
    false,
  )
  assert.ok(rowsIn(await shop.get('/products')).every((product) => 'supply_price' in product))
})

test('the door for tokens has a limit of its own and says so', async () => {
  await using shop = await visit({
    judgments: { oauthRequestsPerMinute: 2 },
    now: () => new Date(Date.UTC(2026, 10, 1)),
  })
  const wrong = () => token(shop, { grant_type: 'refresh_token', refresh_token: 'nothing' })
  const one = await wrong()
  assert.equal(one.headers.get('X-RateLimit-Limit'), '2')
  assert.equal(one.headers.get('X-RateLimit-Remaining'), '1')
  assert.equal(one.headers.get('X-RateLimit-Reset'), String(Date.UTC(2026, 10, 1) / 1000 + 60))
  await wrong()
  assert.equal((await wrong()).status, 429)
})

test('nobody comes in without a token, or with a wrong secret', async () => {
  await using shop = await visit()
  assert.equal((await fetch(`${shop.sim.url}/api/2.0/outlets`)).status, 401)
  assert.equal((await shop.get('/outlets', 'lsxs_pt_sim_wrong')).status, 401)
  const wrong = await token(shop, { grant_type: 'refresh_token', refresh_token: 'x', client_secret: 'wrong' })
  assert.equal(wrong.fields['error'], 'invalid_client')
})

test('the same seed gives the same personal token', async () => {
  await using one = await visit({ seed: 5 })
  await using two = await visit({ seed: 5 })
  await using other = await visit({ seed: 6 })
  assert.equal(one.sim.token, two.sim.token)
  assert.notEqual(one.sim.token, other.sim.token)
})
