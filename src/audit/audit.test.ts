import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { sql } from 'kysely'
import { z } from 'zod'
import { inTransaction } from '#src/db/transaction.ts'
import { adminToken, openShop, type ShopOptions } from '#test/shop.ts'
import { typeCommand } from '#test/terminal.ts'

test('one id goes from the request through its sync to every call of Lightspeed, and back in the answer', async () => {
  await using shop = await openShopWithTerminal()
  const answer = await shop.ask('/api/v1/sync/runs', { id: 'till-3:monday', body: { entities: ['outlets'] } })
  assert.equal(answer.headers.get('x-correlation-id'), 'till-3:monday')
  const { id } = z.object({ id: z.string() }).parse(await answer.json())
  const run = await shop.finished(id)
  assert.equal(run.correlationId, 'till-3:monday')
  const calls = await shop.calls('till-3:monday')
  assert.ok(calls.length >= 2)
  assert.ok(calls.every(({ path, status }) => path === '/api/2.0/outlets' && status === 200))

  const { data } = await shop.json('audit logs --correlation till-3:monday')
  assert.deepEqual(new Set(data.map(({ kind }: { kind: string }) => kind)), new Set(['call', 'sync', 'change']))
  const audit = await (await shop.api.api.v1.audit.$get({ query: { correlation: 'till-3:monday' } })).json()
  const [entry] = audit.data
  assert.deepEqual(
    [audit.data.length, entry?.action, entry?.entity, entry?.entityId, entry?.actor],
    [1, 'sync.requested', 'sync_run', id, 'administrator'],
  )
  assert.deepEqual(entry?.after, { entities: ['outlets'], full: false, since: null, limit: null })
})

test('an id that could break a log is not taken over; each request gets one of its own', async () => {
  await using shop = await openShopWithTerminal()
  const ids = await Promise.all(
    ['two words', '{"a":1}', 'x'.repeat(129), ''].map(async (id) => {
      const answer = await shop.app.request('/api/v1/sync', {
        headers: { authorization: `Bearer ${adminToken}`, 'x-correlation-id': id },
      })
      return answer.headers.get('x-correlation-id') ?? ''
    }),
  )
  assert.equal(new Set(ids).size, 4)
  for (const id of ids) assert.match(id, /^[0-9a-f-]{36}$/)
  const refused = await shop.app.request('/api/v1/nothing', { headers: { 'x-correlation-id': 'lost' } })
  assert.equal(refused.headers.get('x-correlation-id'), 'lost')
})

test('the audit tells who forgot a cursor, and where it stood', async () => {
  await using shop = await openShopWithTerminal()
  await shop.consign('sync brands')
  const [{ cursor }] = (await shop.json('util cursor --entity brands')).cursors
  await shop.consign('util cursor --entity brands --reset')
  const found = await (await shop.api.api.v1.audit.$get({ query: { entity: 'sync_state', id: 'brands' } })).json()
  const [entry] = found.data
  assert.deepEqual([entry?.action, entry?.before, entry?.after], ['cursor.reset', { cursor }, { cursor: 0 }])
})

test('who signs in and out is noted, without what opens the door', async () => {
  await using shop = await openShopWithTerminal({ serve: true })
  const origin = shop.url.replace('localhost', '127.0.0.1')
  const session = (method: string, body: object, cookie = '') =>
    fetch(`${origin}/api/v1/session`, {
      method,
      headers: { origin, cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const signedIn = await session('POST', { token: adminToken })
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  await session('DELETE', {}, cookie)
  const { data } = await (await shop.api.api.v1.audit.$get({ query: { entity: 'session' } })).json()
  assert.deepEqual(
    data.map(({ action, actor }) => [action, actor]),
    [
      ['session.closed', 'administrator'],
      ['session.opened', 'administrator'],
    ],
  )
  assert.equal(data[0]?.entityId, data[1]?.entityId)
  assert.ok(!JSON.stringify(data).includes(cookie.split('=')[1] ?? '?'))
})

test('the audit is read page by page, each row once, the newest first', async () => {
  await using shop = await openShopWithTerminal()
  for (const entity of ['brands', 'taxes', 'tags']) await shop.consign(`util cursor --entity ${entity} --reset`)
  const read = async (after?: string) =>
    (
      await shop.api.api.v1.audit.$get({ query: { action: 'cursor.reset', limit: '2', ...(after ? { after } : {}) } })
    ).json()
  const first = await read()
  const second = await read(first.next ?? '')
  assert.deepEqual(
    [...first.data, ...second.data].map(({ entityId }) => entityId),
    ['tags', 'taxes', 'brands'],
  )
  assert.equal(second.next, null)
})

test('from the command line: a true audit passes, a changed one fails and the row is named', async () => {
  await using shop = await openShopWithTerminal()
  for (const entity of ['brands', 'taxes', 'tags']) await shop.consign(`util cursor --entity ${entity} --reset`)
  const well = await shop.consign('audit verify')
  assert.equal(well.exitCode, 0)
  assert.match(well.stdout, /^✓ 3 rows, each as it was written\n {2}Last: number 3, [0-9a-f]{64}$/m)
  await inTransaction(shop.database, async ({ db }) => {
    await sql`set local session_replication_role = replica`.execute(db)
    await sql`update audit set after = '{"cursor": 7}' where entity_id = 'taxes'`.execute(db)
  })
  const { exitCode, stdout } = await shop.consign('audit verify')
  assert.equal(exitCode, 1)
  assert.match(stdout, /^✗ Row 2 \(number 2 of the chain\) was changed after it was written/)
  assert.equal((await shop.json('audit verify')).fault.id, 2)
})

test('what Lightspeed refused is found by its status, and slow endpoints by their times', async () => {
  await using shop = await openShopWithTerminal()
  shop.sim.trouble({ kind: 'server_error', path: '/api/2.0/brands', times: 1 })
  await shop.consign('sync all --entity=brands,outlets')
  await shop.callsOf('/api/2.0/brands', 3)
  const { data } = await shop.json('audit logs --errors-only --entity brands')
  assert.deepEqual([data.length, data[0].kind, data[0].httpStatus], [1, 'call', 500])
  assert.match((await shop.consign('audit logs --status 500')).stdout, /call +brands +500 +GET \/api\/2\.0\/brands/)
  assert.match((await shop.consign('audit logs --status 429')).stdout, /Nothing of that kind/)
  assert.equal((await shop.consign('audit logs --status yes')).exitCode, 2)
  const told = await shop.json('audit performance')
  const brands = told.endpoints.find(({ endpoint }: { endpoint: string }) => endpoint === '/api/2.0/brands')
  assert.deepEqual([brands.calls, brands.failures, brands.p95 >= brands.p50], [3, 1, true])
  assert.match((await shop.consign('audit performance')).stdout, /GET \/api\/2\.0\/outlets +2 +0 +\d+ +\d+/)
})

async function openShopWithTerminal(options: ShopOptions = {}) {
  const shop = await openShop(options)
  const { api, app, db } = shop
  const consign = (line: string) => typeCommand(line, { api })
  const json = async (line: string) => JSON.parse((await consign(`${line} --json`)).stdout)
  const ask = async (path: string, { id, body }: { id: string; body: object }) => {
    const headers = {
      authorization: `Bearer ${adminToken}`,
      'content-type': 'application/json',
      'x-correlation-id': id,
    }
    return app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
  }
  const finished = async (id: string) => {
    for (;;) {
      const run = await (await api.api.v1.sync.runs[':id'].$get({ param: { id } })).json()
      if (run.finishedAt !== null) return run
      await sleep(20)
    }
  }
  /** Calls are noted a second's worth at once. */
  const noted = async (column: 'correlation_id' | 'path', value: string, least: number) => {
    for (;;) {
      const calls = await db.selectFrom('lightspeed_call').selectAll().where(column, '=', value).execute()
      if (calls.length >= least) return calls
      await sleep(50)
    }
  }
  return {
    ...shop,
    consign,
    json,
    ask,
    finished,
    calls: (correlation: string) => noted('correlation_id', correlation, 2),
    callsOf: (path: string, least: number) => noted('path', path, least),
  }
}
