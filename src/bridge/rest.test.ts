import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBridge, type Bridge } from '#test/bridging.ts'
import { legsOf, legsThere, receive } from '#test/legs.ts'

/** An order of two products, ten of each, that is sent in Lightspeed too. */
async function openSent() {
  const bridge = await openBridge()
  const id = await bridge.order(2)
  await bridge.hire()
  await bridge.move(id, 'OPEN', 'SENT')
  await bridge.until(id, 'synced')
  const [remote] = await bridge.remotes()
  assert.ok(remote)
  const [one = '', other = ''] = bridge.products.slice(0, 2).toSorted()
  return { bridge, id, remoteId: remote.id, one, other }
}

/**
 * Somebody receives a part of it in Lightspeed: that ends it there, and another one is made of the rest, marked as sent.
 * `rest`: of each product so much.
 */
async function receiveThere(
  bridge: Bridge,
  remoteId: string,
  { received, rest }: { received: Record<string, number>; rest: Record<string, number> },
) {
  for (const [product, amount] of Object.entries(received))
    await bridge.ask('PUT', `/consignments/${remoteId}/products/${product}`, { received: amount })
  const header = { outlet_id: bridge.here, supplier_id: bridge.supplier, type: 'SUPPLIER' }
  await bridge.ask('PUT', `/consignments/${remoteId}`, {
    ...header,
    name: nameThere(bridge, remoteId),
    status: 'RECEIVED',
  })
  await makeThere(bridge, rest)
}

async function makeThere(bridge: Bridge, rest: Record<string, number>) {
  const header = {
    outlet_id: bridge.here,
    supplier_id: bridge.supplier,
    type: 'SUPPLIER',
    name: 'Rest',
    reference: '10047',
  }
  const before = new Set((await bridge.remotes()).map(({ id }) => id))
  assert.equal((await bridge.ask('POST', '/consignments', { ...header, status: 'OPEN' })).status, 201)
  const made = (await bridge.remotes()).find(({ id }) => !before.has(id))
  for (const [product, count] of Object.entries(rest))
    await bridge.ask('POST', `/consignments/${made?.id}/products`, { product_id: product, count, cost: 4.95 })
  assert.equal((await bridge.ask('PUT', `/consignments/${made?.id}`, { ...header, status: 'SENT' })).status, 200)
  return made?.id ?? ''
}

function nameThere({ sim }: Bridge, remoteId: string): string {
  return String(sim.store.get('consignments', remoteId)?.['name'])
}

async function look(bridge: Bridge) {
  await bridge.sync('consignments', 'consignment-products')
  await bridge.watch()
}

test('a part is received in Lightspeed, which makes a new order of the rest: it is a leg of the same document', async () => {
  const { bridge, id, remoteId, one, other } = await openSent()
  await using _ = bridge
  await receiveThere(bridge, remoteId, { received: { [one]: 4 }, rest: { [one]: 6, [other]: 10 } })
  await look(bridge)
  assert.equal(await bridge.statusOf(id), 'PARTIAL')
  const legs = await legsOf(bridge, id)
  assert.deepEqual(
    legs.map(({ position, isTheirs, carried }) => [position, isTheirs, carried]),
    [
      [1, false, { [one]: '4', [other]: '0' }],
      [2, true, null],
    ],
  )
  await bridge.agreesWithLightspeed()
  const writes = bridge.writes().length
  await receive(bridge, id, { [one]: '6', [other]: '9', to: 'RECEIVED' })
  await bridge.until(id, 'synced')
  assert.deepEqual(await legsThere(bridge, id), [
    ['RECEIVED', '10: 4', '10: 0'],
    ['RECEIVED', '6: 6', '10: 9'],
  ])
  assert.equal(bridge.writes().length, writes + 3)
  await bridge.agreesWithLightspeed()
  assert.deepEqual(
    (await bridge.remotes()).map(({ reference }) => reference).filter((reference) => reference === '10047'),
    ['10047'],
  )
})

test('another order of the same supplier is none of ours: what was received is all that came', async () => {
  const { bridge, id, remoteId, one, other } = await openSent()
  await using _ = bridge
  await receiveThere(bridge, remoteId, { received: { [one]: 4 }, rest: { [one]: 6, [other]: 9 } })
  await look(bridge)
  assert.deepEqual([await bridge.statusOf(id), (await legsOf(bridge, id)).length], ['RECEIVED', 1])
})

test('the rest is found late, when the document is over here: somebody says what is to be of it', async () => {
  const { bridge, id, remoteId, one, other } = await openSent()
  await using _ = bridge
  await receive(bridge, id, { [one]: '4', to: 'RECEIVED' })
  await bridge.until(id, 'synced')
  const rest = await makeThere(bridge, { [one]: 6, [other]: 10 })
  await look(bridge)
  await bridge.until(id, 'conflict')
  assert.match((await bridge.conflicts())[0]?.reasons.join() ?? '', /goes on in Lightspeed as Rest/)
  assert.deepEqual(
    (await legsOf(bridge, id)).map((leg) => leg.remoteId),
    [remoteId, rest],
  )
  await bridge.api.api.v1.consignments[':id'].resolutions.$post({ param: { id }, json: { resolution: 'push_ours' } })
  await bridge.until(id, 'synced')
  assert.deepEqual(
    (await legsThere(bridge, id)).map(([status]) => status),
    ['RECEIVED', 'CANCELLED'],
  )
  await bridge.agreesWithLightspeed()
})
