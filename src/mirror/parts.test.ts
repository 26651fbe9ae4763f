import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop, syncAndWait } from '#test/shop.ts'
import { typeCommand } from '#test/terminal.ts'

test('only the consignments that are on their way are read, and the next look still reads all', async () => {
  await using shop = await openShop()
  const run = await syncAndWait(shop.api, { entities: ['consignments'], status: 'SENT' })
  assert.deepEqual([run.state, run.part], ['done', { status: 'SENT' }])
  const held = await shop.db.selectFrom('mirror.consignment').select(['status', 'outlet_id']).execute()
  assert.ok(held.length > 0 && held.every(({ status }) => status === 'SENT'))
  const rest = await shop.sync('consignments')
  assert.ok((rest.entities[0]?.inserted ?? 0) > 0)
  const all = await shop.db.selectFrom('mirror.consignment').select('outlet_id').execute()
  const outlet = all[0]?.outlet_id ?? ''
  const some = await syncAndWait(shop.api, { entities: ['consignments'], outlet })
  const { fetched = 0 } = some.entities[0] ?? {}
  assert.ok(fetched > 0 && fetched < all.length)
})

test('the stock of one product is read again, and nothing else', async () => {
  await using shop = await openShop()
  await shop.sync('inventory')
  const { product_id: product } = await shop.db
    .selectFrom('mirror.inventory')
    .select('product_id')
    .executeTakeFirstOrThrow()
  await shop.db.deleteFrom('mirror.inventory').execute()
  const run = await syncAndWait(shop.api, { entities: ['inventory'], product: String(product) })
  assert.equal(run.state, 'done')
  const held = await shop.db.selectFrom('mirror.inventory').select('product_id').execute()
  assert.ok(held.length > 0 && held.every((row) => row.product_id === product))
})

test('what changed between two versions is read again, and nothing after', async () => {
  await using shop = await openShop()
  await shop.sync('customers')
  const rows = await shop.db.selectFrom('mirror.customer').select('version').orderBy('version').execute()
  const [since, until] = [rows[4]?.version, rows[9]?.version].map(String)
  const run = await syncAndWait(shop.api, { entities: ['customers'], since, until })
  assert.equal(run.entities[0]?.fetched, 5)
  assert.equal((await shop.sync('customers')).entities[0]?.fetched, 0)
})

test('a filter that Lightspeed does not offer is refused, not ignored', async () => {
  await using shop = await openShop()
  const told: [string, RegExp][] = [
    ['sync sales --outlet o-1', /outlet: Lightspeed offers this filter for consignments only, not for sales/],
    ['sync products --product p-1', /product: Lightspeed offers this filter for inventory only/],
    ['sync all --status SENT', /status: Lightspeed offers this filter for consignments only/],
    ['sync sales --until 2026-11-01', /until: say from where too/],
    ['sync sales --full --until soon', /--until: give a date/],
  ]
  for (const [line, words] of told) {
    const { exitCode, stderr } = await typeCommand(line, { api: shop.api })
    assert.deepEqual([exitCode, words.test(stderr)], [2, true], `${line}: ${stderr}`)
  }
  assert.deepEqual(await shop.db.selectFrom('sync_run').select('id').execute(), [])
})
