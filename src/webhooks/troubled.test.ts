import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mirrorOf, truthOf } from '#test/truth.ts'
import { openHookedShop, storedEvents } from '#test/webhooks.ts'
import { until } from '#test/workers.ts'

test('webhooks lost, late, twice and out of order: after one look the mirror is true, and nothing is in it twice', async () => {
  await using shop = await openHookedShop()
  const names = ['outlets', 'registers', 'products', 'inventory', 'customers', 'sales']
  await shop.sync(...names)
  const levelsBefore = shop.sim.store.list('inventory', { after: 0, limit: 10_000, deleted: true }).length
  shop.sim.trouble({ kind: 'webhook_lost', times: 5, after: 3 })
  shop.sim.trouble({ kind: 'webhook_twice', times: 5, after: 10 })
  shop.sim.trouble({ kind: 'webhook_out_of_order', times: 3, ms: 300, after: 15 })
  shop.sim.trouble({ kind: 'webhook_late', times: 3, ms: 400, after: 20 })
  await fetch(`${shop.sim.url}/sim/trade`, { method: 'POST', body: '{"sales":12}' })
  await until(async () => (await statesOf(shop.sim.url)).every((state) => state !== 'waiting'))
  const states = await statesOf(shop.sim.url)
  assert.equal(states.filter((state) => state === 'lost').length, 5)
  assert.ok(states.every((state) => state === 'delivered' || state === 'lost'))
  await shop.settled()
  assert.equal((await storedEvents(shop)).length, states.length - 5 - 5)

  await shop.sync(...names)
  const about = new RegExp(`^(${names.join('|')}):`)
  assert.deepEqual(
    (await mirrorOf(shop.db)).filter((line) => about.test(line)),
    truthOf(shop.sim).filter((line) => about.test(line)),
  )
  const changes = await shop.db.selectFrom('mirror.product_qty_history').select(['product_id', 'level_after']).execute()
  assert.ok(changes.length > 0 && changes.length <= states.length)
  assert.equal(shop.sim.store.list('inventory', { after: 0, limit: 10_000, deleted: true }).length, levelsBefore)
})

async function statesOf(simUrl: string): Promise<string[]> {
  const said: unknown = await (await fetch(`${simUrl}/sim/deliveries`)).json()
  const data = typeof said === 'object' && said !== null && 'data' in said ? said.data : []
  return Array.isArray(data) ? data.map((one: { state: string }) => one.state) : []
}
