import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf } from '#test/office.ts'
import { openStocktaking } from '#test/stocktaking.ts'

test('what would Lightspeed be told of a count? Nothing before its posting is accepted, then the differences that it found', async () => {
  await using shop = await openStocktaking()
  const [tea = '', milk = ''] = shop.products
  const at = shop.api.api.v1.consignments[':id'].pushes
  const id = await shop.open([tea, milk])
  const asked = shop.sim.requests.length
  for (const dryRun of [true, false]) {
    const refused = await refusalOf(await at.$post({ param: { id }, json: { dryRun } }))
    assert.deepEqual([refused.status, refused.code], [422, 'push_not_possible'])
  }
  await shop.counted(id, [
    { productId: tea, quantity: String(shop.levelOf(tea) + 2) },
    { productId: milk, quantity: String(shop.levelOf(milk)) },
  ])
  await shop.move(id, 'RECEIVED')
  await shop.sync('inventory')
  const { digest } = await shop.simulate(id)
  assert.equal((await shop.post(id, digest)).status, 200)
  const tried = await (await at.$post({ param: { id }, json: { dryRun: true } })).json()
  assert.ok('requests' in tried)
  assert.deepEqual(
    tried.requests.map(({ method, body }) => [method, Object(body)['stock_adjustments']]),
    [['POST', [{ product_id: tea, outlet_id: shop.here, quantity: '2', reason: 'STOCK_FOUND' }]]],
  )
  assert.deepEqual(
    shop.sim.requests.slice(asked).filter(({ method }) => method !== 'GET'),
    [],
  )
  const worker = await shop.hire()
  await shop.until(id, 'synced')
  await worker.stop()
  const after = await (await at.$post({ param: { id }, json: { dryRun: true } })).json()
  assert.deepEqual('requests' in after && after.requests, [])
})
