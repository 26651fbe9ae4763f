import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBridge } from '#test/bridging.ts'
import { until } from '#test/workers.ts'

test('a line changes there between two pages of reading: it counts once, and nothing is to be put right', async () => {
  await using bridge = await openBridge()
  const id = await bridge.order(2)
  const worker = await bridge.hire()
  await bridge.move(id, 'OPEN', 'SENT')
  await bridge.until(id, 'synced')
  await worker.stop()
  const [remote] = await bridge.remotes()
  const [product = ''] = bridge.products
  const lines = `/api/2.0/consignments/${remote?.id}/products`
  const asked = () =>
    bridge.sim.requests.filter(({ method, path }) => method === 'GET' && path.startsWith(lines)).length
  const before = asked()
  bridge.sim.trouble({ kind: 'slow', ms: 400, path: lines, method: 'GET' })
  const pushed = bridge.api.api.v1.consignments[':id'].pushes.$post({ param: { id }, json: { dryRun: true } })
  await until(() => asked() > before)
  const row = bridge.sim.store
    .list('consignment_products', { after: 0, limit: 10, deleted: false, of: remote?.id ?? '' })
    .find((line) => line['product_id'] === product)
  assert.ok(row)
  bridge.sim.store.put('consignment_products', { ...row })
  const tried = await (await pushed).json()
  bridge.sim.clearTrouble()
  assert.deepEqual('requests' in tried && tried.requests, [])
})
