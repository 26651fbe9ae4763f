import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { z } from 'zod'
import { giveUp } from '#src/jobs/handler.ts'
import { resources } from '#src/mirror/tables.ts'
import { examples } from '#src/http/examples.ts'
import { packGoods } from './packing-day.ts'
import { changeGoods } from './changing-walk.ts'
import { countGoods } from './counting-walk.ts'
import { seesNoCosts } from './costless.ts'
import { asBody, photograph } from './photograph-walk.ts'
import { disagree, workTheOffice } from './office-walk.ts'
import { adminToken, openShop } from './shop.ts'
import { settleCases } from './settling-desk.ts'
import { receiveGoods } from './described-receiving.ts'
import { openJudge } from './told.ts'
import { clientSecret, envelope, envelopeSecret, hmac, signed, webhookEnv } from './webhooks.ts'
import { openWorkshop, until } from './workers.ts'

const listed = z.object({ data: z.array(z.looseObject({ id: z.union([z.string(), z.number()]) })) })
const withId = z.object({ id: z.string() })

test('every door answers as it is described, to the last field', async () => {
  await using shop = await openWorkshop({ env: webhookEnv })
  const desk = await openDesk(shop.app)
  await happen(shop)
  const { ask, idOf } = desk

  for (const { name } of resources) await readRows(desk, name)
  const run = withId.parse(await ask('POST', '/api/v1/sync/runs', { entities: ['brands'] })).id
  await ask('GET', `/api/v1/sync/runs/${run}`)
  const asked = { entities: ['inventory', 'brands'], dryRun: false }
  const compared = withId.parse(await ask('POST', '/api/v1/reconciliations', asked)).id
  await shop.settled()
  await ask('GET', `/api/v1/reconciliations/${compared}`)
  await ask('GET', `/api/v1/reconciliations/${compared}/differences`)

  await ask('GET', '/api/v1/sync/brands/rejected')
  await ask('POST', '/api/v1/alerts/evaluations')
  const alarm = await idOf('/api/v1/alerts?state=all')
  await ask('GET', `/api/v1/alerts/${alarm}`)
  await ask('POST', `/api/v1/alerts/${alarm}/acknowledgement`)
  const letter = await idOf('/api/v1/dead-letters')
  await ask('GET', `/api/v1/dead-letters/${letter}`)
  await ask('PATCH', `/api/v1/dead-letters/${letter}`, { payload: { entities: ['mended'] } })
  await ask('POST', `/api/v1/dead-letters/${letter}/retry`)
  await ask('DELETE', `/api/v1/dead-letters/${await idOf('/api/v1/dead-letters')}`, { reason: 'No longer wanted' })
  await ask('POST', '/api/v1/dead-letters/retries', { all: true })
  await shop.settled()
  await readQueue(shop, desk)

  await knockAsOthers(desk)
  const event = await idOf('/api/v1/webhook-events')
  await ask('GET', `/api/v1/webhook-events/${event}`)
  await ask('POST', `/api/v1/webhook-events/${event}/replay`)
  await runTheHouse(shop, desk)
  await moveGoods(shop, desk)
  await photograph(desk.ask, desk.idOf)

  const byOauth = new Set([
    'GET /lightspeed/connect 302',
    'GET /lightspeed/callback 302',
    'POST /api/v1/lightspeed/authorizations 201',
  ])
  const simple = desk.wanted().filter((name) => !byOauth.has(name) && !/events 200|\{|api\/sync/.test(name))
  for (const name of simple) {
    const [method = '', path = ''] = name.split(' ')
    await ask(method, path, examples[`${method} ${path}`])
  }
  await readEvents(desk, `/api/v1/sync/runs/${run}/events`, 'finished')
  await readEvents(desk, '/api/v1/status/events', 'status')
  await doDeeds(desk)
  assert.deepEqual(desk.wanted().toSorted(), [...byOauth].toSorted())
  await seesNoCosts(shop, desk.looked)
})

test('the doors of connecting by OAuth answer as they are described', async () => {
  const app = { LIGHTSPEED_CLIENT_ID: 'app', LIGHTSPEED_CLIENT_SECRET: 'of the app', LIGHTSPEED_TOKEN: '' }
  await using shop = await openShop({ env: { ...app, CONSIGN_SECRET_KEY: 'a secret of sixteen or more' } })
  const { ask } = await openDesk(shop.app)
  await ask('GET', '/api/v1/lightspeed')
  await ask('POST', '/api/v1/lightspeed/authorizations')
  await ask('GET', '/lightspeed/connect')
  await ask('GET', '/lightspeed/callback?error=access_denied')
})

type Shop = Awaited<ReturnType<typeof openWorkshop>>
type Desk = Awaited<ReturnType<typeof openDesk>>

/** Asks doors, holds their answers to the description, and knows which doors were not asked yet. */
async function openDesk(app: Shop['app']) {
  const judge = openJudge(await (await app.request('/api/openapi.json')).json())
  const open = new Set(judge.welcomes())
  const looked: string[] = []
  const request = async (method: string, url: string, sent?: unknown, headers: Record<string, string> = {}) => {
    const usual = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
    const body = sent === undefined ? {} : { body: asBody(sent) }
    const answer = await app.request(url, { method, headers: { ...usual, ...headers }, ...body })
    const asked = { method: method.toLowerCase(), url }
    const told = await judge.judgeAnswer(asked, answer)
    assert.ok(answer.status < 400, `${method} ${url}: ${JSON.stringify(told)}`)
    if (method === 'GET') looked.push(url)
    open.delete(`${method} ${judge.pathOf(url)} ${answer.status}`)
    return { answer, told }
  }
  const ask = async (...asked: Parameters<typeof request>) => (await request(...asked)).told
  const idOf = async (list: string): Promise<string> => {
    const [first] = listed.parse(await ask('GET', list)).data
    assert.ok(first, `${list} is empty`)
    return String(first.id)
  }
  return { ...judge, request, ask, idOf, looked, wanted: () => [...open] }
}

/** A day in the life of the shop: goods, faults, differences, people. */
async function happen(shop: Shop) {
  await shop.sync()
  await shop.hire({
    outside: async ({ args: { entities } }) => {
      if (entities[0] === 'later') throw new Error('not today')
      if (entities[0] !== 'good') giveUp('there is no such shelf')
    },
  })
  for (const word of ['good', 'wrong', 'bad', 'worse']) await shop.order(word, { correlationId: `about-${word}` })
  await shop.settled()
  await sql`update mirror.inventory set inventory_level = coalesce(inventory_level, 0) + 3`.execute(shop.db)
  await sql`insert into alert (rule, severity, message) values ('disk_low', 'critical', 'No room')`.execute(shop.db)
  await sql`insert into mirror.rejected (entity, record_id, reason, payload, payload_hash)
    values ('brands', '7', 'id: is missing', '{}', 'x')`.execute(shop.db)
  await sql`insert into schema_drift (entity, field, kind, example) values ('brands', 'colour', 'unknown', '"red"')`.execute(
    shop.db,
  )
}

async function readRows({ ask, request }: Desk, name: string) {
  await request('GET', `/api/v1/mirror/${name}?limit=20`)
  const { data } = z
    .object({ data: z.array(z.record(z.string(), z.unknown())) })
    .parse(await ask('GET', `/api/v1/mirror/${name}?limit=1`))
  const key = resources.find((one) => one.name === name)?.key[0] ?? 'id'
  if (data[0]) await ask('GET', `/api/v1/mirror/${name}/${String(data[0][key])}`)
}

async function readQueue(shop: Shop, { ask, idOf }: Desk) {
  await shop.order('later')
  await until(async () => Object.values(await shop.states()).includes('retry'))
  await sql`update pgboss.job set start_after = now() + interval '1 hour' where state = 'retry'`.execute(shop.db)
  await ask('GET', '/api/v1/status')
  await ask('POST', `/api/v1/jobs/${await idOf('/api/v1/jobs?state=retrying')}/retry`)
  await shop.settled()
  const done = await idOf('/api/v1/jobs?state=done')
  await ask('GET', `/api/v1/jobs/${done}`)
  await ask('DELETE', `/api/v1/jobs/${done}`, { reason: 'Long over' })
}

/** People who manage the house. */
async function runTheHouse(shop: Shop, { ask }: Desk) {
  const token = withId.parse(await ask('POST', '/api/v1/tokens', examples['POST /api/v1/tokens'])).id
  await ask('GET', '/api/v1/tokens')
  await ask('DELETE', `/api/v1/tokens/${token}`)
  await ask('PATCH', '/api/v1/schedules/mirror.prune', { paused: true })
  await ask('POST', '/api/v1/schedules/mirror.prune/runs')
  await ask('POST', '/api/v1/webhook-tests', { url: `${shop.sim.url}/`, event: 'product.updated' })
  await ask('POST', '/api/v1/webhook-tests', { url: 'http://127.0.0.1:1/', event: 'product.updated', dryRun: true })
  await ask('POST', '/api/v1/webhook-simulations', { event: 'product.updated', dryRun: true })
  await ask('POST', '/api/v1/session', { token: adminToken }, { origin: 'http://shop.test', host: 'shop.test' })
  await ask('DELETE', '/api/v1/session', undefined, { origin: 'http://shop.test', host: 'shop.test' })
}

/** All that moves, each by its own doors. */
async function moveGoods(shop: Shop, desk: Desk) {
  await orderGoods(shop, desk)
  await settleCases(desk)
  await packGoods(shop.db, desk.ask)
  await receiveGoods(desk.ask)
  await countGoods(shop.db, desk.ask)
}

/** An order is drafted, changed, approved, moved and called off; others rule who approves. */
async function orderGoods(shop: Shop, { ask }: Desk) {
  const one = async (of: string) => {
    const { data } = listed.parse(await ask('GET', `/api/v1/mirror/${of}`))
    return String(data.find(({ deleted_at: goneAt }) => goneAt === null)?.id)
  }
  const [outletId, supplierId, productId] = [await one('outlets'), await one('suppliers'), await one('products')]
  for (const units of ['6', '6', '12']) await ask('POST', '/api/v1/scan/CASE', { productId, units })
  await ask('GET', `/api/v1/scan/CASE?outlet=${outletId}`)
  await ask('GET', `/api/v1/products?q=a&outlet=${outletId}`)
  await ask('DELETE', '/api/v1/scan/CASE')
  await changeGoods(ask, { outletId, supplierId, productId })
  await workTheOffice(ask, { outletId, supplierId, productId })
  const lines = [{ productId, quantity: '12', unitCost: '4.95' }]
  const wish = { type: 'PURCHASE_ORDER', outletId, supplierId, lines }
  await ask('POST', '/api/v1/consignments', wish)
  await ask('POST', '/api/v1/consignments', { ...wish, dryRun: true })
  const { id } = withId.parse(await ask('POST', '/api/v1/consignments', wish))
  const here = `/api/v1/consignments/${id}`
  const whole = z.object({ lines: z.array(withId) }).parse(await ask('GET', here))
  await ask('PATCH', here, { note: 'By Friday' })
  await ask('PATCH', `${here}/lines/${whole.lines[0]?.id}`, { quantity: '13' })
  await ask('DELETE', `${here}/lines/${whole.lines[0]?.id}`)
  await ask('POST', `${here}/lines`, { lines })
  await ask('POST', '/api/v1/approval-rules/tiers', { ...examples['POST /api/v1/approval-rules/tiers'], outletId })
  const grant = { actor: 'somebody', role: 'store_manager', outletId }
  await ask('POST', '/api/v1/role-grants', { ...grant, dryRun: true })
  await ask('DELETE', `/api/v1/role-grants/${withId.parse(await ask('POST', '/api/v1/role-grants', grant)).id}`)
  await ask('PUT', '/api/v1/roles/night_shift', examples['PUT /api/v1/roles/{role}'])
  await ask('DELETE', '/api/v1/roles/night_shift')
  const { tiers } = z.object({ tiers: z.array(withId) }).parse(await ask('GET', '/api/v1/approval-rules'))
  await ask('PATCH', `/api/v1/approval-rules/tiers/${tiers[0]?.id}`, { isOn: true })
  await ask('PATCH', '/api/v1/approval-rules', { ownAllowed: true })
  await ask('POST', `${here}/approval`, { decision: 'submit' })
  await ask('GET', '/api/v1/approvals')
  await ask('POST', '/api/v1/approvals/decisions', { ids: [id], decision: 'approve' })
  await ask('DELETE', `/api/v1/approval-rules/tiers/${tiers[0]?.id}`)
  await ask('POST', `${here}/tracking`, examples['POST /api/v1/consignments/{id}/tracking'])
  for (const about of ['approvals', 'validation', 'timeline', 'revisions', 'tracking'])
    await ask('GET', `${here}/${about}`)
  await ask('POST', `${here}/transitions`, { to: 'CANCELLED', dryRun: true })
  await ask('GET', `${here}/lightspeed`)
  await ask('POST', `${here}/pushes`, { dryRun: true })
  await ask('POST', `${here}/pulls`, { dryRun: true })
  await ask('POST', `${here}/pushes`, {})
  await disagree(shop.db, id)
  await ask('GET', '/api/v1/conflicts')
  await ask('POST', `${here}/resolutions`, { resolution: 'push_ours' })
  await ask('POST', `${here}/cancellation`, { reason: 'Ordered twice' })
}

/** Other systems at the doors for webhooks. */
async function knockAsOthers({ ask }: Desk) {
  const letter = envelope()
  await ask('POST', '/webhooks/lightspeed', letter, { 'x-lightspeed-signature': signed(letter, envelopeSecret) })
  await ask('POST', '/webhooks/courier/nzpost', letter, {
    'x-lightspeed-signature': signed(letter, 'the-secret-of-the-post'),
  })
  const form = new URLSearchParams({ payload: '{"id":"p","version":7}' }).toString()
  await ask('POST', '/webhooks/lightspeed/product.update', form, {
    'content-type': 'application/x-www-form-urlencoded',
    'x-signature': `signature=${hmac(form, clientSecret).digest('hex')},algorithm=HMAC-SHA256`,
  })
}

/** Reads a stream until one of its events came, and holds it to its shape. */
async function readEvents({ request, judge, pathOf }: Desk, url: string, wanted: string) {
  const { answer } = await request('GET', url)
  let said = ''
  assert.ok(answer.body)
  for await (const bytes of answer.body.pipeThrough(new TextDecoderStream())) {
    said += bytes
    if (new RegExp(`^event: ${wanted}$[\\s\\S]*\\n\\n`, 'm').test(said)) break
  }
  const event = said.split('\n\n').find((one) => one.includes(`event: ${wanted}`)) ?? ''
  const data: unknown = JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? '')
  const stream = ['responses', '200', 'content', 'text/event-stream', 'schema', 'x-events', wanted]
  judge(data, ['paths', pathOf(url), 'get', ...stream], `${url} ${wanted}`)
}

/** What scripts of the earlier system may ask, each by its example. */
async function doDeeds({ request, judge, paths }: Desk) {
  const deed = z.object({ example: z.record(z.string(), z.unknown()) })
  const door = z.object({ 'x-actions': z.record(z.string(), deed) }).parse(paths['/api/sync']?.['post'])
  for (const [action, { example }] of Object.entries(door['x-actions'])) {
    if (action.startsWith('consignment_')) continue
    const { told } = await request('POST', '/api/sync', example)
    const { result } = z.object({ result: z.unknown() }).parse(told)
    judge(result, ['paths', '/api/sync', 'post', 'x-actions', action, 'result'], action)
  }
}
