import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { startWorker } from '#src/jobs/worker.ts'
import { openBridge, type Bridge } from '#test/bridging.ts'
import { until } from '#test/workers.ts'

const stageOf = async ({ api }: Bridge, id: string) =>
  (await (await api.api.v1.consignments[':id'].$get({ param: { id } })).json()).stage

const deadLettersOf = async ({ api }: Bridge) =>
  (await (await api.api.v1['dead-letters'].$get({ query: {} })).json()).data

test('while the health is red nothing is written to Lightspeed: it waits, and says for what; afterwards all of it is done', async () => {
  await using bridge = await openBridge()
  const { api, here } = bridge
  const call = { method: 'GET', path: '/api/2.0/sales', endpoint: '/api/2.0/sales', duration_ms: 5, attempt: 1 }
  const calls = Array.from({ length: 4_000 }, () => ({ ...call, at: new Date(), status: 503 }))
  await bridge.db.insertInto('lightspeed_call').values(calls).execute()
  await until(async () => (await bridge.house.grade()).grade === 'red')
  const id = await bridge.order(2)
  await bridge.move(id, 'OPEN')
  const [productId = ''] = bridge.products
  const json = { productId, outletId: here, quantity: '2', reason: 'stock_found' }
  const wished = await api.api.v1.inventory.adjustments.$post({ json })
  assert.equal(wished.status, 202)
  const worker = await startWorker(bridge.house, { slots: 2 })
  try {
    await bridge.watch()
    const told = await (await api.api.v1.consignments[':id'].lightspeed.$get({ param: { id } })).json()
    assert.match(told.waitsFor ?? '', /The health is red: .*fail at Lightspeed/)
    assert.deepEqual([told.lightspeed, bridge.writes().length], ['queued', 0])
    const [write] = (await (await api.api.v1['lightspeed-writes'].$get({ query: {} })).json()).data
    assert.deepEqual([write?.state, await deadLettersOf(bridge)], ['waiting', []])
    await sql`delete from lightspeed_call where status = 503`.execute(bridge.db)
    await bridge.until(id, 'synced', 40_000)
    await until(async () => {
      const { data } = await (await api.api.v1['lightspeed-writes'].$get({ query: {} })).json()
      return data[0]?.state === 'done'
    }, 40_000)
  } finally {
    await worker.stop()
  }
})

test('a push that Lightspeed refuses holds up no other document; the change that mends it sends it again', async () => {
  await using bridge = await openBridge()
  const [id, other] = [await bridge.order(3), await bridge.order(2)]
  const gone = bridge.products[2] ?? ''
  await bridge.ask('DELETE', `/products/${gone}`)
  const worker = await bridge.hire()
  await bridge.move(id, 'OPEN', 'SENT')
  await bridge.until(id, 'failed')
  assert.equal(await stageOf(bridge, id), 'FAILED')
  await until(async () => (await deadLettersOf(bridge)).length === 1)
  await bridge.move(other, 'OPEN')
  await bridge.until(other, 'synced')
  await worker.stop()

  const at = bridge.api.api.v1.consignments[':id']
  const shown = await (await at.$get({ param: { id } })).json()
  const lineId = 'lines' in shown ? shown.lines.find(({ productId }) => productId === gone)?.id : undefined
  const mended = await at.lines[':lineId'].$patch({
    param: { id, lineId: lineId ?? '' },
    json: { quantity: '0', reason: 'No longer made' },
  })
  assert.equal(mended.status, 200, await mended.text())
  assert.equal(await stageOf(bridge, id), 'SENT_TO_LS')
  assert.deepEqual(await deadLettersOf(bridge), [])
  await bridge.hire()
  await bridge.until(id, 'synced')
  assert.equal(await stageOf(bridge, id), 'IN_TRANSIT')
  await bridge.agreesWithLightspeed()
})

test('refused, and tried again by hand: it is on its way again, and fails again as long as nothing is mended', async () => {
  await using bridge = await openBridge()
  const id = await bridge.order(2)
  const [gone = ''] = bridge.products
  await bridge.ask('DELETE', `/products/${gone}`)
  const worker = await bridge.hire()
  await bridge.move(id, 'OPEN', 'SENT')
  await bridge.until(id, 'failed')
  await until(async () => (await deadLettersOf(bridge)).length === 1)
  await worker.stop()
  const at = bridge.api.api.v1.consignments[':id']
  assert.equal((await at.pushes.$post({ param: { id }, json: { dryRun: false } })).status, 202)
  assert.equal(await stageOf(bridge, id), 'SENT_TO_LS')
  const again = await bridge.hire()
  await bridge.until(id, 'failed')
  await again.stop()
  assert.equal(await stageOf(bridge, id), 'FAILED')
  await until(async () => (await deadLettersOf(bridge)).length === 1)
})
