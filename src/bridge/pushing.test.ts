import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBridge, type Bridge } from '#test/bridging.ts'

const methods = ({ writes }: Bridge) =>
  writes().map(({ method, path }) => `${method} ${path.split('/').slice(5).join('/')}`)

/** The one consignment that a story made in Lightspeed. */
async function onlyRemote({ remotes }: Bridge) {
  const found = await remotes()
  assert.equal(found.length, 1)
  const [remote] = found
  assert.ok(remote)
  return remote
}

test('an approved order is in Lightspeed in two requests, and sent with a third', async () => {
  await using bridge = await openBridge()
  const id = await bridge.order(20)
  const worker = await bridge.hire()
  await bridge.move(id, 'OPEN')
  await bridge.until(id, 'synced')
  assert.equal(bridge.writes().length, 2)
  await bridge.move(id, 'SENT')
  await bridge.until(id, 'synced')
  await worker.stop()
  const remote = await onlyRemote(bridge)
  assert.deepEqual([remote.status, remote.type, bridge.writes().length], ['SENT', 'SUPPLIER', 3])
  assert.match(remote.reference ?? '', /^PO-STK-/)
  const lines = await bridge.linesThere(remote.id)
  assert.deepEqual([lines.length, new Set(lines.map(({ count }) => count))], [20, new Set([10])])
})

test('a transfer goes all its way there, and what arrived is what was counted', async () => {
  await using bridge = await openBridge()
  const id = await bridge.transfer()
  await bridge.move(id, 'OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING')
  await bridge.count(id, '2')
  await bridge.move(id, 'RECEIVED')
  const worker = await bridge.hire()
  await bridge.until(id, 'synced')
  await worker.stop()
  const remote = await onlyRemote(bridge)
  assert.equal(remote.status, 'RECEIVED')
  assert.ok((await bridge.linesThere(remote.id)).every(({ count, received }) => count === 2 && received === 2))
})

const faults = [
  ['the answer to the creation is lost', { kind: 'answer_lost', method: 'POST', path: 'api/2.0/consignments$' }],
  ['the answer to the lines is lost', { kind: 'answer_lost', method: 'POST', path: 'bulk$' }],
  ['the answer to a status is lost', { kind: 'answer_lost', method: 'PUT', path: 'consignments/[^/]+$' }],
  ['the answer to a received line is lost', { kind: 'answer_lost', method: 'PUT', path: 'products/', after: 1 }],
  ['the answer to RECEIVED is lost', { kind: 'answer_lost', method: 'PUT', path: 'consignments/[^/]+$', after: 1 }],
  ['Lightspeed fails at the lines', { kind: 'server_error', status: 500, method: 'POST', path: 'bulk$' }],
  [
    'a gateway fails in the middle',
    { kind: 'server_error', status: 502, body: 'html', method: 'PUT', path: 'products/' },
  ],
  ['there are too many requests', { kind: 'too_many', retryAfter: 'seconds', seconds: 1, path: 'bulk$' }],
  ['an answer is cut off', { kind: 'truncated', method: 'POST', path: 'bulk$' }],
] as const

for (const [story, fault] of faults) {
  test(`${story}: one consignment, with the right lines and the right status`, async () => {
    await using bridge = await openBridge()
    const id = await bridge.order()
    await bridge.move(id, 'OPEN', 'SENT', 'RECEIVING')
    await bridge.count(id, '7')
    await bridge.move(id, 'RECEIVED')
    const standing = bridge.sim.trouble({ ...fault, times: 1 })
    const worker = await bridge.hire()
    await bridge.until(id, 'synced', 40_000)
    await worker.stop()
    assert.equal(standing.struck(), 1)
    const remote = await onlyRemote(bridge)
    assert.equal(remote.status, 'RECEIVED')
    const lines = await bridge.linesThere(remote.id)
    assert.deepEqual(
      lines.map(({ count, received }) => [count, received]),
      [
        [10, 7],
        [10, 7],
        [10, 7],
      ],
    )
    assert.deepEqual(await bridge.conflicts(), [])
  })
}

test('somebody changes the order in Lightspeed: both sides are kept, nothing is written, until ours is pushed over it', async () => {
  await using bridge = await openBridge()
  const id = await bridge.order()
  const worker = await bridge.hire()
  await bridge.move(id, 'OPEN')
  await bridge.until(id, 'synced')
  const remote = await onlyRemote(bridge)
  const [product = ''] = bridge.products
  assert.equal((await bridge.ask('PUT', `/consignments/${remote.id}/products/${product}`, { count: 99 })).status, 200)
  const before = bridge.writes().length
  await bridge.move(id, 'SENT')
  await bridge.until(id, 'conflict')
  assert.equal(bridge.writes().length, before)
  const [conflict] = await bridge.conflicts()
  assert.match(conflict?.reasons.join() ?? '', /was changed to 99 in Lightspeed/)
  const param = { id }
  await bridge.api.api.v1.consignments[':id'].resolutions.$post({ param, json: { resolution: 'push_ours' } })
  await bridge.until(id, 'synced')
  await worker.stop()
  assert.equal((await onlyRemote(bridge)).status, 'SENT')
  assert.ok((await bridge.linesThere(remote.id)).every(({ count }) => count === 10))
  assert.deepEqual(
    (await bridge.conflicts()).map(({ resolution }) => resolution),
    ['pushed_ours'],
  )
})

test('the same product stands twice there: it is one line again, with the right quantity', async () => {
  await using bridge = await openBridge()
  const id = await bridge.order()
  const worker = await bridge.hire()
  await bridge.move(id, 'OPEN')
  await bridge.until(id, 'synced')
  const remote = await onlyRemote(bridge)
  const [product = ''] = bridge.products
  const twin = {
    id: bridge.sim.store.newId(),
    consignment_id: remote.id,
    product_id: product,
    count: '0.00000',
    received: '0.00000',
    status: 'PENDING',
  }
  bridge.sim.store.put('consignment_products', twin)
  await bridge.move(id, 'SENT')
  await bridge.until(id, 'synced')
  await worker.stop()
  const lines = await bridge.linesThere(remote.id)
  assert.deepEqual([lines.length, lines.every(({ count }) => count === 10)], [3, true])
})

test('deleted in Lightspeed is a conflict, and pushing ours makes it anew', async () => {
  await using bridge = await openBridge()
  const id = await bridge.order()
  const worker = await bridge.hire()
  await bridge.move(id, 'OPEN')
  await bridge.until(id, 'synced')
  const remote = await onlyRemote(bridge)
  await bridge.ask('DELETE', `/consignments/${remote.id}`)
  await bridge.move(id, 'SENT')
  await bridge.until(id, 'conflict')
  await bridge.api.api.v1.consignments[':id'].resolutions.$post({ param: { id }, json: { resolution: 'push_ours' } })
  await bridge.until(id, 'synced')
  await worker.stop()
  assert.equal((await onlyRemote(bridge)).status, 'SENT')
})

test('RECEIVED that falls back to SENT is not taken for done', async () => {
  await using bridge = await openBridge()
  const id = await bridge.order()
  await bridge.move(id, 'OPEN', 'SENT', 'RECEIVING')
  await bridge.count(id, '10')
  await bridge.move(id, 'RECEIVED')
  await bridge.judge({ lineProcessingMs: 1_000 })
  bridge.sim.trouble({ kind: 'received_falls_back', times: 1 })
  const worker = await bridge.hire()
  await bridge.until(id, 'conflict')
  await worker.stop()
  assert.match((await bridge.conflicts())[0]?.reasons.join() ?? '', /fell back from RECEIVED to SENT/)
})

test('a real retailer is only read until writing is switched on; a rehearsal says what would be sent', async () => {
  await using bridge = await openBridge({ writes: false })
  const id = await bridge.order()
  const worker = await bridge.hire()
  await bridge.move(id, 'OPEN')

  const json = { dryRun: true }
  const tried = await (await bridge.api.api.v1.consignments[':id'].pushes.$post({ param: { id }, json })).json()
  assert.deepEqual('requests' in tried && tried.requests.length, 2)
  assert.deepEqual([await bridge.linkOf(id), bridge.writes().length], ['queued', 0])
  const told = await bridge.api.api.v1.consignments[':id'].lightspeed.$get({ param: { id } })
  assert.match((await told.json()).waitsFor ?? '', /switched off for this retailer/)
  await worker.stop()
  const { writing } = bridge.api.api.v1.lightspeed
  const on = await (await writing.$post({ json: { on: true } })).json()
  assert.equal(on.isOn, true)
  await bridge.hire()
  await bridge.until(id, 'synced', 30_000)
  await bridge.agreesWithLightspeed()
})

test('what Lightspeed refuses is a dead letter, and the order shows that it failed', async () => {
  await using bridge = await openBridge()
  const id = await bridge.order()
  const [product = ''] = bridge.products
  await bridge.ask('DELETE', `/products/${product}`)
  const worker = await bridge.hire()
  await bridge.move(id, 'OPEN')
  await bridge.until(id, 'failed')
  await worker.stop()
  assert.deepEqual(methods(bridge).filter((one) => one.endsWith('bulk')).length, 2)
  const shown = await (await bridge.api.api.v1.consignments[':id'].$get({ param: { id } })).json()
  assert.equal(shown.stage, 'FAILED')
})

test('back to draft takes it away there, and open again makes it anew', async () => {
  await using bridge = await openBridge()
  const id = await bridge.transfer()
  const worker = await bridge.hire()
  await bridge.move(id, 'OPEN')
  await bridge.until(id, 'synced')
  await bridge.move(id, 'DRAFT')
  await bridge.until(id, 'none')
  assert.deepEqual(await bridge.remotes(), [])
  await bridge.move(id, 'OPEN')
  await bridge.until(id, 'synced')
  await worker.stop()
  assert.equal((await onlyRemote(bridge)).status, 'OPEN')
})

test('a last try that was killed leaves nothing waiting for ever: it shows as failed, and is put back with one push', async () => {
  await using bridge = await openBridge()
  const id = await bridge.order()
  const [product = ''] = bridge.products
  await bridge.ask('DELETE', `/products/${product}`)
  const worker = await bridge.hire()
  await bridge.move(id, 'OPEN')
  await bridge.until(id, 'failed')
  // As the rescue leaves it that buries a silent job: nobody was there to say of the document that it failed.
  await bridge.db.updateTable('consignment').set({ link: 'queued' }).where('id', '=', id).execute()
  await bridge.watch()
  assert.equal(await bridge.linkOf(id), 'failed')
  await worker.stop()
  await bridge.db.updateTable('consignment_line').set({ quantity: '0' }).where('product_id', '=', product).execute()
  const param = { id }
  const pushed = await bridge.api.api.v1.consignments[':id'].pushes.$post({ param, json: { dryRun: false } })
  const shown = await pushed.json()
  assert.equal('stage' in shown && shown.lightspeed, 'queued')
  await bridge.hire()
  await bridge.until(id, 'synced')
  await bridge.agreesWithLightspeed()
})
