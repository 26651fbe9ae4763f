import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBridge, type Bridge } from '#test/bridging.ts'
import { receive } from '#test/legs.ts'

/** An order of two products that is sent in Lightspeed, and that we receive while somebody works there. */
async function openSent() {
  const bridge = await openBridge()
  const id = await bridge.order(2)
  await bridge.hire()
  await bridge.move(id, 'OPEN', 'SENT')
  await bridge.until(id, 'synced')
  const [remote] = await bridge.remotes()
  const [one = '', other = ''] = bridge.products
  return { bridge, id, remoteId: remote?.id ?? '', one, other }
}

const resolve = ({ api }: Bridge, id: string, resolution: 'push_ours' | 'take_theirs') =>
  api.api.v1.consignments[':id'].resolutions.$post({ param: { id }, json: { resolution } })

test('a line is deleted in Lightspeed while we receive it: both sides are kept, and pushing ours puts it back', async () => {
  const { bridge, id, remoteId, one, other } = await openSent()
  await using _ = bridge
  assert.equal((await bridge.ask('DELETE', `/consignments/${remoteId}/products/${one}`)).status, 204)
  const writes = bridge.writes().length
  await receive(bridge, id, { [one]: '7', [other]: '10', to: 'RECEIVED' })
  await bridge.until(id, 'conflict')
  const [conflict] = await bridge.conflicts()
  assert.match(conflict?.reasons.join() ?? '', new RegExp(`${one} was taken out in Lightspeed`))
  assert.equal(bridge.writes().length, writes)
  assert.equal((await resolve(bridge, id, 'push_ours')).status, 200)
  await bridge.until(id, 'synced')
  await bridge.agreesWithLightspeed()
  const lines = await bridge.linesThere(remoteId)
  assert.deepEqual(
    new Map(lines.map((line) => [line.id, [line.count, line.received]])),
    new Map([
      [one, [10, 7]],
      [other, [10, 10]],
    ]),
  )
})

test('the same product stands twice there while we receive it: it is one line again before it goes into stock', async () => {
  const { bridge, id, remoteId, one, other } = await openSent()
  await using _ = bridge
  const twin = { id: bridge.sim.store.newId(), consignment_id: remoteId, product_id: one, status: 'PENDING' }
  bridge.sim.store.put('consignment_products', { ...twin, count: '0.00000', received: '0.00000' })
  await receive(bridge, id, { [one]: '10', [other]: '9', to: 'RECEIVED' })
  await bridge.until(id, 'synced')
  assert.equal((await bridge.linesThere(remoteId)).length, 2)
  await bridge.agreesWithLightspeed()
})

test('somebody receives another product there in the same moment: each keeps what it counted, and it adds up', async () => {
  const { bridge, id, remoteId, one, other } = await openSent()
  await using _ = bridge
  assert.equal((await bridge.ask('PUT', `/consignments/${remoteId}/products/${one}`, { received: 10 })).status, 200)
  await receive(bridge, id, { [other]: '9', to: 'RECEIVED' })
  await bridge.until(id, 'synced')
  assert.equal(await bridge.statusOf(id), 'RECEIVED')
  await bridge.agreesWithLightspeed()
})
