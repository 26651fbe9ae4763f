import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { isFields } from './body.ts'
import { openScene, textOf } from './consignments-scene.ts'
import { first, rowIn, rowsIn } from './visitor.ts'
import { openStory } from './webhooks-door.ts'
import { webhookJudgments } from './webhooks-judgments.ts'

test('a changed product is told as a signed form with the product as API 1.0 shows it', async () => {
  await using story = await openStory('product.update')
  const { scene, door } = story
  await story.touch('products', scene.tea, { supply_price: 7.25 })
  const { headers, body, payload } = await door.letter()
  assert.equal(headers['content-type'], 'application/x-www-form-urlencoded')
  const digest = createHmac('sha256', scene.sim.clientSecret).update(body).digest('hex')
  assert.equal(headers['x-signature'], `signature=${digest},algorithm=HMAC-SHA256`)
  assert.equal(new URLSearchParams(body).get('domain_prefix'), scene.sim.domainPrefix)
  assert.deepEqual([payload['id'], payload['supply_price']], [scene.tea, '7.25000'])
  for (const name of ['base_name', 'inventory', 'price_book_entries', 'taxes', 'retailer_id'])
    assert.ok(name in payload)
})

test('a digest may come as base64', async () => {
  await using story = await openStory('product.update', { judgments: { webhookDigest: 'base64' } })
  await story.touch('products', story.scene.tea)
  const { headers, body } = await story.door.letter()
  const digest = createHmac('sha256', story.scene.sim.clientSecret).update(body).digest('base64')
  assert.equal(headers['x-signature'], `signature=${digest},algorithm=HMAC-SHA256`)
})

test('a changed customer, sale and level of stock are each told to who asked for them', async () => {
  await using story = await openStory('customer.update')
  const { scene, door } = story
  for (const type of ['sale.update', 'inventory.update']) {
    await scene.send('POST', '/webhooks', { type, url: `${door.url}/${type}`, active: true })
  }
  const customer = textOf(first(rowsIn(await scene.get('/customers'))), 'id')
  const sale = textOf(first(rowsIn(await scene.get('/sales'))), 'id')
  await story.touch('customers', customer)
  await story.touch('sales', sale)
  await scene.setStock(scene.tea, scene.shop, { inventory_level: 41 })
  const letters = await door.arrived(3)
  const told = new Map(letters.map(({ path, payload }) => [path, payload]))
  assert.equal(told.get('/customer.update')?.['id'], customer)
  assert.equal(told.get('/sale.update')?.['id'], sale)
  assert.match(String(told.get('/sale.update')?.['sale_date']), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  const { product_id: product, count } = told.get('/inventory.update') ?? {}
  assert.deepEqual([product, count], [scene.tea, '41.00000'])
})

test('a transfer is told line by line when it leaves and when it arrives', async () => {
  await using story = await openStory('consignment.send')
  const { scene, door } = story
  await scene.send('POST', '/webhooks', { type: 'consignment.receive', url: `${door.url}/receive`, active: true })
  const id = await scene.openTransfer(scene.tea, scene.milk)
  await scene.move(id, 'SENT')
  const sent = await door.arrived(2)
  assert.deepEqual(
    sent.map(({ path, payload }) => [path, payload['consignment_id']]),
    [1, 2].map(() => ['/consignment.send', id]),
  )
  for (const product of [scene.tea, scene.milk]) await scene.set(id, product, { received: 2 })
  await scene.move(id, 'RECEIVED')
  const received = (await door.arrived(4)).slice(2)
  assert.deepEqual(new Set(received.map(({ payload }) => payload['product_id'])), new Set([scene.tea, scene.milk]))
})

test('an order that is sent tells nothing: it moves no stock', async () => {
  await using story = await openStory('consignment.send')
  const id = await story.scene.openOrder(story.scene.tea)
  await story.scene.move(id, 'SENT')
  await new Promise((soon) => setTimeout(soon, 60))
  assert.deepEqual(await story.deliveries(), [])
})

test('a register that closes is told once', async () => {
  await using story = await openStory('register_closure.create')
  const { scene, door } = story
  const register = rowsIn(await scene.get('/registers')).find((row) => row['is_open'] === true)
  await scene.send('PUT', `/registers/${textOf(register, 'id')}/actions/close`, {})
  const { payload } = await door.letter()
  assert.equal(payload['register_id'], register?.['id'])
  assert.ok('register_closure_sequence_number' in payload)
})

test('a door that is out of order is tried 20 times more, a door that says no only once', async () => {
  assert.deepEqual(await endAt(500), ['given_up', 21])
  assert.deepEqual(await endAt(401), ['given_up', 1])
  assert.deepEqual(await endAt(302), ['given_up', 1])
  assert.deepEqual(await endAt(204), ['delivered', 1])
})

/** How a delivery ends at a door that always answers so, and after how many attempts. */
async function endAt(status: number): Promise<[unknown, number]> {
  await using story = await openStory('product.update', { answers: [status] })
  await story.touch('products', story.scene.tea)
  return await story.end()
}

test('a door that is silent too long is tried again', async () => {
  await using story = await openStory('product.update', {
    answers: ['silence', 200],
    judgments: { webhookTimeoutMs: 300 },
  })
  await story.touch('products', story.scene.tea)
  assert.deepEqual(await story.end(), ['delivered', 2])
})

test('the waits between tries double and together fill two days', () => {
  const { webhookFirstRetryMs, webhookRetryGrowth, webhookRetries } = webhookJudgments
  const waits = Array.from({ length: webhookRetries }, (_, retry) => webhookFirstRetryMs * webhookRetryGrowth ** retry)
  const hours = waits.reduce((sum, ms) => sum + ms, 0) / 3_600_000
  assert.ok(hours > 47 && hours < 49, String(hours))
})

test('webhooks get lost, come late, twice and in the wrong order when told to', async () => {
  await using story = await openStory('product.update')
  const { scene, door } = story
  const { tea, milk } = scene
  const told = () => door.letters.map(({ payload }) => payload['id'])
  scene.sim.trouble({ kind: 'webhook_lost', times: 1 })
  scene.sim.trouble({ kind: 'webhook_twice', times: 1 })
  await story.touch('products', tea)
  await story.touch('products', milk)
  await door.arrived(2)
  assert.deepEqual(told(), [milk, milk])

  scene.sim.trouble({ kind: 'webhook_out_of_order', times: 1 })
  await story.touch('products', tea)
  await story.touch('products', milk)
  await door.arrived(4)
  assert.deepEqual(told().slice(2), [milk, tea])

  scene.sim.trouble({ kind: 'webhook_late', times: 1, ms: 300, type: 'product.update' })
  await story.touch('products', tea)
  await story.touch('products', milk)
  await door.arrived(6)
  assert.deepEqual(told().slice(4), [milk, tea])
})

test('a webhook is registered once, changed and removed', async () => {
  await using scene = await openScene()
  const hook = { type: 'sale.update', url: 'https://shop.example/hook', active: true }
  const made = await scene.send('POST', '/webhooks', hook)
  assert.equal(made.status, 201)
  const id = textOf(rowIn(made), 'id')
  assert.deepEqual(Object.keys(rowIn(made)), ['id', 'retailer_id', 'type', 'url', 'active'])
  const again = await scene.send('POST', '/webhooks', hook)
  assert.equal(again.status, 409)
  assert.deepEqual(again.body, { error: 'A webhook with this type and URL already exists.' })
  assert.equal((await scene.send('POST', '/webhooks', { ...hook, type: 'consignment.sent' })).status, 400)
  assert.equal(rowIn(await scene.send('PUT', `/webhooks/${id}`, { ...hook, active: false }))['active'], false)
  assert.equal((await scene.send('DELETE', `/webhooks/${id}`)).status, 200)
  assert.equal((await scene.send('DELETE', `/webhooks/${id}`)).status, 404)
  assert.deepEqual(rowsIn(await scene.get('/webhooks')), [])
})

test('the old way registers by a form and answers without an envelope', async () => {
  await using scene = await openScene()
  const headers = { Authorization: `Bearer ${scene.sim.token}` }
  const data = JSON.stringify({ url: 'http://127.0.0.1:9/hook', active: true, type: 'inventory.update' })
  const body = new URLSearchParams({ data })
  const made = await fetch(`${scene.sim.url}/api/webhooks`, { method: 'POST', headers, body })
  const hook: unknown = await made.json()
  assert.ok(isFields(hook))
  assert.deepEqual(Object.keys(hook), ['id', 'retailer_id', 'type', 'url', 'active', 'user_id'])
  const removed = await scene.send('DELETE', `/api/webhooks/${textOf(hook, 'id')}`)
  assert.deepEqual(removed.body, { status: 'success' })
})

test('nothing is sent to another machine unless that is switched on', async () => {
  await using story = await openStory('product.update')
  const { scene } = story
  await scene.send('POST', '/webhooks', { type: 'product.update', url: 'https://shop.example/hook', active: true })
  await story.touch('products', scene.tea)
  await story.door.arrived(1)
  const states = (await story.deliveries()).map(({ state, url }) => [state, new URL(String(url)).hostname])
  assert.deepEqual(states, [
    ['delivered', '127.0.0.1'],
    ['not_sent', 'shop.example'],
  ])
})
