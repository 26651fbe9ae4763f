import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBridge, type Bridge } from '#test/bridging.ts'
import { until } from '#test/workers.ts'
import { sendForm, webhookEnv } from '#test/webhooks.ts'

/** One order that is in Lightspeed, with a worker. */
async function openOrder(way: readonly ('OPEN' | 'SENT')[], env: Record<string, string> = {}) {
  const bridge = await openBridge({ env })
  const id = await bridge.order(2)
  await bridge.hire()
  await bridge.move(id, ...way)
  await bridge.until(id, 'synced')
  const [remote] = await bridge.remotes()
  assert.ok(remote)
  return { bridge, id, remote }
}

/** Somebody works in Lightspeed itself. */
async function inLightspeed(bridge: Bridge, remoteId: string, status: string, received?: number) {
  for (const product of bridge.products.slice(0, received === undefined ? 0 : 2))
    assert.equal((await bridge.ask('PUT', `/consignments/${remoteId}/products/${product}`, { received })).status, 200)
  const [remote] = await bridge.remotes()
  const { name, type } = remote ?? {}
  const body = { outlet_id: bridge.here, name, type, status }
  const answer = await bridge.ask('PUT', `/consignments/${remoteId}`, body)
  assert.equal(answer.status, 200, await answer.text())
}

async function stepsOf(bridge: Bridge, id: string) {
  const told = await bridge.api.api.v1.consignments[':id'].timeline.$get({ param: { id }, query: {} })
  const { data } = await told.json()
  return data.toReversed().flatMap(({ action, after, reason }) => {
    const status: unknown = Object(after)['status']
    return action === 'consignment.transitioned' && reason !== null ? [[status, reason]] : []
  })
}

test('somebody receives the whole order in Lightspeed: a look at the mirror takes it over, each step told by itself', async () => {
  const { bridge, id, remote } = await openOrder(['OPEN'])
  await using _ = bridge
  await inLightspeed(bridge, remote.id, 'SENT')
  await inLightspeed(bridge, remote.id, 'RECEIVED', 9)
  const writes = bridge.writes().length
  await bridge.sync('consignments', 'consignment-products')
  await bridge.watch()
  assert.deepEqual([await bridge.statusOf(id), await bridge.linkOf(id)], ['RECEIVED', 'synced'])
  assert.deepEqual(await stepsOf(bridge, id), [
    ['SENT', 'Lightspeed says RECEIVED; passed through on the way there'],
    ['RECEIVING', 'Lightspeed says RECEIVED; passed through on the way there'],
    ['RECEIVED', 'Lightspeed says RECEIVED'],
  ])
  assert.equal(bridge.writes().length, writes)
  await bridge.agreesWithLightspeed()
})

test('a webhook tells that goods were received: the order is being received here too, with what came', async () => {
  const { bridge, id, remote } = await openOrder(['OPEN', 'SENT'], webhookEnv)
  await using _ = bridge
  const [product = ''] = bridge.products
  await bridge.ask('PUT', `/consignments/${remote.id}/products/${product}`, { received: 4 })
  const told = await sendForm(bridge, 'consignment.receive', { id: remote.id })
  assert.equal(told.status, 202)
  await until(async () => (await bridge.statusOf(id)) === 'RECEIVING')
  await bridge.until(id, 'synced')
  const shown = await (await bridge.api.api.v1.consignments[':id'].$get({ param: { id } })).json()
  assert.deepEqual('lines' in shown && shown.lines.map(({ received }) => received), ['4', null])
  const open = () =>
    bridge.db.selectFrom('consignment_observation').selectAll().where('applied_at', 'is', null).execute()
  await until(async () => (await open()).length === 0)
  await bridge.agreesWithLightspeed()
})

test('dispatched there is shipped here, and nothing else', async () => {
  const { bridge, id, remote } = await openOrder(['OPEN', 'SENT'])
  await using _ = bridge
  await inLightspeed(bridge, remote.id, 'DISPATCHED')
  await bridge.sync('consignments')
  await bridge.watch()
  const document = await bridge.db.selectFrom('consignment').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  assert.deepEqual([document.status, document.link, document.shipped_at !== null], ['SENT', 'synced', true])
})

test('cancelled there, and not here: a conflict with both sides, seen without anybody pushing', async () => {
  const { bridge, id, remote } = await openOrder(['OPEN'])
  await using _ = bridge
  await inLightspeed(bridge, remote.id, 'CANCELLED')
  await bridge.sync('consignments')
  await bridge.watch()
  assert.deepEqual([await bridge.statusOf(id), await bridge.linkOf(id)], ['OPEN', 'conflict'])
  assert.match((await bridge.conflicts())[0]?.reasons.join() ?? '', /Lightspeed says CANCELLED/)
})

test('a status that nobody knows is kept and shown, and the order goes on', async () => {
  const { bridge, id, remote } = await openOrder(['OPEN'])
  await using _ = bridge
  const row = bridge.sim.store.get('consignments', remote.id)
  assert.ok(row)
  bridge.sim.store.put('consignments', { ...row, status: 'ON_HOLD' })
  await bridge.sync('consignments')
  await bridge.watch()
  const { leg, lightspeed } = await (
    await bridge.api.api.v1.consignments[':id'].lightspeed.$get({ param: { id } })
  ).json()
  assert.deepEqual([leg?.remoteStatus, lightspeed, await bridge.statusOf(id)], ['ON_HOLD', 'synced', 'OPEN'])
})

test('both receive at the same moment: nothing is added up by itself, somebody chooses', async () => {
  const { bridge, id, remote } = await openOrder(['OPEN', 'SENT'])
  await using _ = bridge
  const [product = ''] = bridge.products
  await bridge.ask('PUT', `/consignments/${remote.id}/products/${product}`, { received: 4 })
  await bridge.move(id, 'RECEIVING')
  await bridge.count(id, '3')
  await bridge.move(id, 'RECEIVED')
  await bridge.until(id, 'conflict')
  assert.match((await bridge.conflicts())[0]?.reasons.join() ?? '', /4 of .* were received in Lightspeed/)
})

test('our own push is no news to us: the mirror reads it, and nothing is looked at twice', async () => {
  const { bridge, id } = await openOrder(['OPEN', 'SENT'])
  await using _ = bridge
  await bridge.sync('consignments', 'consignment-products')
  await bridge.watch()
  const before = bridge.sim.requests.length
  await bridge.watch()
  assert.equal(bridge.sim.requests.length, before)
  assert.deepEqual([await bridge.statusOf(id), await bridge.linkOf(id)], ['SENT', 'synced'])
})
