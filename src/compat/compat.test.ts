import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { adminToken, openShop, type ShopOptions } from '#test/shop.ts'
import { deeds } from './deeds.ts'

const ours = ['sync', 'sync_all', 'queue_stats', 'queue_process', 'queue_failed', 'webhook_process', 'webhook_events']
const others = ['consignment_validate', 'consignment_transition', 'health', 'health_api', 'audit_logs', 'audit_status']
const actions = [...ours, ...others, 'version']

const answer = z.object({
  success: z.boolean(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z
    .object({ code: z.string(), status: z.number(), detail: z.string(), details: z.unknown().optional() })
    .optional(),
  timestamp: z.iso.datetime(),
})

async function openShopWithScripts(options: ShopOptions = {}) {
  const shop = await openShop(options)
  const send = async (query: string, init: RequestInit = {}, token = adminToken) => {
    const headers = new Headers(init.headers)
    if (token !== '') headers.set('authorization', `Bearer ${token}`)
    const said = await shop.app.request(`/api/sync${query}`, { method: 'POST', ...init, headers })
    return { status: said.status, headers: said.headers, ...answer.parse(await said.json()) }
  }
  const json = (action: string, wish: object, token?: string) =>
    send(
      `?action=${action}`,
      { body: JSON.stringify(wish), headers: { 'content-type': 'application/json' } },
      token ?? adminToken,
    )
  return { ...shop, send, json }
}

test('every action of the earlier system is there, and each of its examples is understood', async () => {
  assert.deepEqual(Object.keys(deeds).toSorted(), actions.toSorted())
  const paper = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8')
  for (const action of actions) assert.match(paper, new RegExp(`^curl -X POST .*action=${action}\\b`, 'm'), action)
  await using shop = await openShopWithScripts({ serve: true })
  for (const [action, { example }] of Object.entries(deeds)) {
    const { status, success, error } = await shop.json(action, example)
    if (action.startsWith('consignment_')) assert.deepEqual([status, error?.code], [404, 'consignment_unknown'])
    else assert.deepEqual([status, success], [200, true], `${action}: ${error?.detail}`)
  }
})

test('a nightly script of old syncs, looks at the queue and reads the log, by query, form or JSON alike', async () => {
  await using shop = await openShopWithScripts()
  const synced = await shop.send('?action=sync&entity=payment_types&full=1')
  assert.deepEqual([synced.success, synced.result?.['state'], synced.result?.['full']], [true, 'done', true])
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const two = await shop.send('?action=sync_all', { body: 'entity=outlets,brands&full=yes', headers: form })
  const entities = z.array(z.object({ entity: z.string() })).parse(two.result?.['entities'])
  assert.deepEqual(entities.map(({ entity }) => entity).toSorted(), ['brands', 'outlets'])
  const asCurlSends = await shop.send('', { body: '{"action":"version"}', headers: form })
  assert.match(String(asCurlSends.result?.['version']), /^\d+\.\d+/)
  const started = await shop.json('sync', { entity: 'taxes', wait: 0 })
  assert.equal(started.result?.['finishedAt'] ?? null, null)
  assert.deepEqual((await shop.send('?action=queue_failed')).result?.['data'], [])
  const log = await shop.send('?action=audit_logs&entity=brands&limit=5')
  assert.match(JSON.stringify(log.result), /"kind":"sync","entity":"brands"/)
  const day = await shop.send('?action=audit_status')
  assert.match(JSON.stringify(day.result), /"kind":"change","entity":"sync_run","status":"done","lines":3/)
})

test('an envelope is taken under its old names too, and once', async () => {
  await using shop = await openShopWithScripts()
  const old = { event: 'sale.updated', id: 'e-1', timestamp: Math.round(Date.now() / 1000), data: { id: '1' } }
  assert.equal((await shop.json('webhook_process', old)).result?.['status'], 'processed')
  const again = { event_type: 'sale.updated', event_id: 'e-1', data: '{"id":"1"}' }
  assert.equal((await shop.json('webhook_process', again)).result?.['status'], 'already processed')
  const seen = await shop.send('?action=webhook_events')
  assert.match(JSON.stringify(seen.result), /"type":"sale.updated".*"eventId":"e-1"/)
  assert.match(String((await shop.json('webhook_process', { data: {} })).error?.detail), /event_type: is missing/)
})

test('a script that asks wrongly is told how, in the form it knows and with a status that says so', async () => {
  await using shop = await openShopWithScripts()
  const unknown = await shop.send('?action=make_tea')
  assert.deepEqual([unknown.status, unknown.success, unknown.error?.code], [404, false, 'action_unknown'])
  assert.deepEqual(unknown.error?.details, { known: Object.keys(deeds) })
  assert.equal((await shop.send('')).status, 404)
  const told: [string, object, number, RegExp][] = [
    ['sync', {}, 422, /entity: /],
    ['sync', { entity: 'dragons' }, 422, /there is no dragons/],
    ['sync', { entity: 'brands', colour: 'red' }, 422, /colour: /],
    ['sync', { entity: 'brands', full: 'perhaps' }, 422, /full: /],
    ['queue_process', { limit: 0 }, 422, /limit: /],
    ['queue_process', { limit: '12x' }, 422, /limit: /],
    ['queue_process', { type: 'tea' }, 422, /kind: there is no tea/],
    ['consignment_validate', {}, 422, /id: /],
    ['consignment_transition', { id: 7, to: 'AWAY' }, 422, /to: /],
    ['consignment_transition', { id: 7, to: 'sent' }, 404, /no consignment 7/],
  ]
  for (const [action, wish, status, words] of told) {
    const said = await shop.json(action, wish)
    assert.deepEqual([said.status, said.success, said.error?.status], [status, false, status], action)
    assert.match(String(said.error?.detail), words)
  }
  const broken = await shop.send('?action=sync', { body: '{"entity":' })
  assert.deepEqual([broken.status, broken.error?.code], [400, 'request_unreadable'])
  assert.equal((await shop.send('?action=sync', { body: '[1]' })).status, 400)
  const parted = { 'content-type': 'multipart/form-data; boundary=x' }
  assert.equal((await shop.send('?action=sync', { body: 'broken', headers: parted })).status, 400)
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const refused = await shop.send('?action=version', { method })
    assert.deepEqual([refused.status, refused.headers.get('allow'), refused.success], [405, 'POST', false])
  }
})

test('an action needs the same right as its route, and a stranger none at all', async () => {
  await using shop = await openShopWithScripts()
  const made = await shop.api.api.v1.tokens.$post({ json: { name: 'reader', scopes: ['audit:read'] } })
  const { token } = z.object({ token: z.string() }).parse(await made.json())
  const open = new Set(['health', 'health_api', 'version', 'audit_logs', 'audit_status'])
  for (const [action, { example }] of Object.entries(deeds)) {
    assert.equal((await shop.json(action, example, 'wrong')).status, 401, action)
    const { status, error } = await shop.json(action, example, token)
    if (!open.has(action)) assert.deepEqual([status, error?.code], [403, 'scope_missing'], action)
    else assert.equal(status, 200, action)
  }
  assert.equal((await shop.send('?action=version', {}, '')).error?.code, 'sign_in_needed')
})

test('sixty requests a minute from one address, then the script is told when to come again', async () => {
  await using shop = await openShopWithScripts({ env: { RATE_LIMIT_ADDRESS: '60' } })
  for (let time = 0; time < 60; time++) assert.equal((await shop.send('?action=version')).status, 200)
  const late = await shop.send('?action=version')
  assert.deepEqual([late.status, late.success, late.error?.code], [429, false, 'too_many_requests'])
  const seconds = Number(late.headers.get('retry-after'))
  assert.ok(seconds >= 1 && seconds <= 60, String(seconds))
})

test('a sync that fails is no success, and says which entity and why', async () => {
  await using shop = await openShopWithScripts({ env: { LIGHTSPEED_TOKEN: 'of-another-shop' } })
  const failed = await shop.json('sync', { entity: 'brands', wait: 60 })
  assert.deepEqual([failed.status, failed.success, failed.error?.code], [502, false, 'sync_failed'])
  assert.match(String(failed.error?.detail), /brands: /)
  const ill = await shop.send('?action=health_api')
  assert.deepEqual([ill.status, ill.error?.code], [503, 'not_well'])
})
