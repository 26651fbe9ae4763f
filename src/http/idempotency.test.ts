import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { z } from 'zod'
import { adminToken, openShop } from '#test/shop.ts'
import { hashOf } from '../people/sign-in.actions.ts'

const told = z.object({ id: z.string(), token: z.string() })

async function openShopThatForgets() {
  const shop = await openShop()
  const post = async (path: string, body: object, key: string, token = adminToken) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }
    const said = await shop.app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: said.status, isAgain: said.headers.has('idempotency-replayed'), text: await said.text() }
  }
  return { ...shop, post, keys: async () => shop.db.selectFrom('idempotency_key').selectAll().execute() }
}

const wish = { name: 'stock-report', scopes: ['mirror:read'] }

test('a request whose answer got lost on the way is sent again, and done once', async () => {
  await using shop = await openShopThatForgets()
  const first = await shop.post('/api/v1/tokens', wish, 'key-1')
  const again = await shop.post('/api/v1/tokens', wish, 'key-1')
  assert.deepEqual([first.status, first.isAgain, again.status, again.isAgain], [201, false, 201, true])
  assert.equal(again.text, first.text)
  const { token } = told.parse(JSON.parse(first.text))
  const tokens = await shop.db.selectFrom('api_token').select('token_hash').execute()
  assert.deepEqual(tokens, [{ token_hash: hashOf(token) }])
  const [kept] = await shop.keys()
  assert.ok(kept?.answer && !kept.answer.includes(token) && !kept.answer.includes('stock-report'))
})

test('a hundred at once with one key are one, and all hear the same', async () => {
  await using shop = await openShopThatForgets()
  const body = { entities: ['brands'] }
  const answers = await Promise.all(Array.from({ length: 100 }, () => shop.post('/api/v1/sync/runs', body, 'storm')))
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [202])
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
  assert.equal(answers.filter(({ isAgain }) => !isAgain).length, 1)
  assert.equal((await shop.db.selectFrom('sync_run').select('id').execute()).length, 1)
})

test('a key stands for one request: another body, or another address, is refused', async () => {
  await using shop = await openShopThatForgets()
  await shop.post('/api/v1/tokens', wish, 'key')
  for (const [path, body] of [
    ['/api/v1/tokens', { ...wish, name: 'another' }],
    ['/api/v1/sync/runs', wish],
    ['/api/v1/tokens?a=b', wish],
  ] as const) {
    const { status, text } = await shop.post(path, body, 'key')
    assert.equal(status, 422)
    assert.match(text, /idempotency_key_used/)
  }
  for (const wrong of ['', 'with blank', 'x'.repeat(201)])
    assert.match((await shop.post('/api/v1/tokens', wish, wrong)).text, /idempotency_key_not_valid/)
})

test('who was refused may mend the request and send it under the same key', async () => {
  await using shop = await openShopThatForgets()
  assert.equal((await shop.post('/api/v1/tokens', { ...wish, scopes: ['sync:raed'] }, 'key')).status, 422)
  assert.equal((await shop.post('/api/v1/tokens', wish, 'key')).status, 201)
})

test('the key of one is not the key of another', async () => {
  await using shop = await openShopThatForgets()
  const made = await shop.post('/api/v1/tokens', { name: 'other', scopes: ['*'] }, 'key')
  const { token } = told.parse(JSON.parse(made.text))
  const others = await shop.post('/api/v1/tokens', wish, 'key', token)
  assert.deepEqual([others.status, others.isAgain], [201, false])
})

test('a process that died before it began leaves its key to the next; one that died after it was done does not', async () => {
  await using shop = await openShopThatForgets()
  await shop.post('/api/v1/tokens', wish, 'key')
  const dies = (tookEffect: boolean) =>
    sql`update idempotency_key set status = null, answer = null, took_effect = ${tookEffect},
      lease_ends_at = now() - interval '1 second'`.execute(shop.db)
  await dies(true)
  const lost = await shop.post('/api/v1/tokens', wish, 'key')
  assert.equal(lost.status, 409)
  assert.match(lost.text, /idempotency_answer_lost/)
  await dies(false)
  assert.deepEqual([(await shop.post('/api/v1/tokens', wish, 'key')).isAgain], [false])
  await sql`update idempotency_key set created_at = now() - interval '49 hours'`.execute(shop.db)
  assert.equal((await shop.post('/api/v1/tokens', { ...wish, name: 'two days later' }, 'key')).status, 201)
  await sql`update idempotency_key set created_at = now() - interval '49 hours'`.execute(shop.db)
  await shop.post('/api/v1/tokens', wish, 'another key'.replace(' ', '-'))
  assert.deepEqual(
    (await shop.keys()).map(({ key }) => key),
    ['another-key'],
  )
})

test('a process that froze and lost its key commits nothing when it wakes', async () => {
  await using shop = await openShopThatForgets()
  const holder = await shop.pool.connect()
  try {
    // The order cannot commit while somebody holds what it writes to.
    await holder.query('begin; lock table api_token in exclusive mode')
    const frozen = shop.post('/api/v1/tokens', wish, 'key')
    while ((await shop.keys()).length === 0) await new Promise((next) => setTimeout(next, 10))
    await sql`update idempotency_key set claim = gen_random_uuid()`.execute(shop.db)
    await holder.query('rollback')
    const { status, text } = await frozen
    assert.equal(status, 409)
    assert.match(text, /idempotency_key_busy/)
    assert.deepEqual(await shop.db.selectFrom('api_token').select('id').execute(), [])
  } finally {
    holder.release()
  }
})
