import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBridge, type Bridge } from '#test/bridging.ts'

/** An order that both sides changed: somebody made its first line 12 in Lightspeed. */
async function openQuarrel() {
  const bridge = await openBridge()
  const id = await bridge.order(2)
  await bridge.hire()
  await bridge.move(id, 'OPEN')
  await bridge.until(id, 'synced')
  const [remote] = await bridge.remotes()
  const [product = ''] = bridge.products
  await bridge.ask('PUT', `/consignments/${remote?.id}/products/${product}`, { count: 12 })
  const pulled = await at(bridge).pulls.$post({ param: { id }, json: { dryRun: false } })
  assert.equal(pulled.status, 200)
  assert.equal(await bridge.linkOf(id), 'conflict')
  return { bridge, id, remote }
}

const at = ({ api }: Bridge) => api.api.v1.consignments[':id']

test('theirs is taken: the line is as in Lightspeed, nothing was written there, and the list of conflicts is empty', async () => {
  const { bridge, id } = await openQuarrel()
  await using _ = bridge
  const listed = await (await bridge.api.api.v1.conflicts.$get({ query: {} })).json()
  assert.match(listed.data[0]?.reasons.join() ?? '', /was changed to 12/)
  const writes = bridge.writes().length
  const json = { resolution: 'take_theirs' as const }
  const tried = await at(bridge).resolutions.$post({ param: { id }, json: { ...json, dryRun: true } })
  const would = await tried.json()
  assert.deepEqual('lines' in would && would.lines.map(({ quantity }) => quantity), ['12', '10'])
  assert.equal(await bridge.linkOf(id), 'conflict')
  assert.equal((await at(bridge).resolutions.$post({ param: { id }, json })).status, 200)
  await bridge.until(id, 'synced')
  const shown = await (await at(bridge).$get({ param: { id } })).json()
  assert.deepEqual('lines' in shown && shown.lines.map(({ quantity }) => quantity), ['12', '10'])
  assert.equal(bridge.writes().length, writes)
  assert.deepEqual((await (await bridge.api.api.v1.conflicts.$get({ query: {} })).json()).data, [])
  await bridge.agreesWithLightspeed()
})

test('what the law does not let be taken is refused with the reason, and both sides stay as they are', async () => {
  const { bridge, id } = await openQuarrel()
  await using _ = bridge
  await bridge.move(id, 'SENT', 'RECEIVING')
  const json = { resolution: 'take_theirs' as const }
  const answer = await at(bridge).resolutions.$post({ param: { id }, json })
  const said: unknown = await answer.json()
  assert.equal(answer.status, 422)
  assert.match(JSON.stringify(said), /theirs_not_lawful.*cannot be changed any more|no step leads there/)
  assert.equal(await bridge.linkOf(id), 'conflict')
})

test('called off in Lightspeed, and theirs taken: it is called off here', async () => {
  const { bridge, id, remote } = await openQuarrel()
  await using _ = bridge
  const body = { outlet_id: bridge.here, name: remote?.name, type: 'SUPPLIER', status: 'CANCELLED' }
  assert.equal((await bridge.ask('PUT', `/consignments/${remote?.id}`, body)).status, 200)
  await at(bridge).pulls.$post({ param: { id }, json: { dryRun: false } })
  const json = { resolution: 'take_theirs' as const }
  assert.equal((await at(bridge).resolutions.$post({ param: { id }, json })).status, 200)
  await bridge.until(id, 'synced')
  assert.equal(await bridge.statusOf(id), 'CANCELLED')
})
