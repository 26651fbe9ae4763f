import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listIn } from './body.ts'
import { first, rowIn, rowsIn, visit } from './visitor.ts'

test('a row is changed, deleted, brought back and made, each time with a higher version', async () => {
  await using shop = await visit()
  const customer = first(rowsIn(await shop.get('/customers?page_size=1')))
  const change = async (wish: { [field: string]: unknown }) =>
    rowIn(await shop.send('POST', '/sim/change', { collection: 'customers', ...wish }))
  const renamed = await change({ id: customer['id'], patch: { first_name: 'Hōne' } })
  assert.equal(renamed['first_name'], 'Hōne')
  const gone = await change({ id: customer['id'], delete: true })
  assert.equal(typeof gone['deleted_at'], 'string')
  assert.equal(
    (await shop.walk('/customers')).some(({ id }) => id === customer['id']),
    false,
  )
  const back = await change({ id: customer['id'], undelete: true })
  assert.equal(back['deleted_at'], undefined)
  assert.ok((await shop.walk('/customers')).some(({ id }) => id === customer['id']))
  const made = await change({ patch: { first_name: 'New' } })
  const versions = [customer, renamed, gone, back, made].map((row) => Number(row['version']))
  assert.deepEqual(
    versions,
    versions.toSorted((one, other) => one - other),
  )
})

test('unknown rows, collections and judgments are refused', async () => {
  await using shop = await visit()
  const status = async (path: string, body: unknown) => (await shop.send('POST', path, body)).status
  assert.equal(await status('/sim/change', { collection: 'unicorns' }), 422)
  assert.equal(await status('/sim/change', { collection: 'tags', id: 'nobody', patch: {} }), 404)
  assert.equal(await status('/sim/judgments', { pageSizeCap: 'wide' }), 422)
  assert.equal(await status('/sim/judgments', { emptyPageVersion: 'maybe' }), 422)
  assert.equal(await status('/sim/judgments', { gravity: false }), 422)
  assert.equal(await status('/sim/trade', { sales: 0 }), 422)
})

test('trading sells what is on the shelves, and the shelves know it', async () => {
  await using shop = await visit()
  const before = new Map((await shop.walk('/inventory')).map((row) => [row['id'], row]))
  const sales = rowsIn(await shop.send('POST', '/sim/trade', { sales: 4 }))
  assert.equal(sales.length, 4)
  const moved = (await shop.walk('/inventory')).filter((row) => before.get(row['id'])?.['version'] !== row['version'])
  const taken = moved.reduce(
    (sum, row) => sum + Number(before.get(row['id'])?.['inventory_level']) - Number(row['inventory_level']),
    0,
  )
  const products = new Map((await shop.walk('/products')).map((product) => [product['id'], product]))
  const parts = sales
    .flatMap((sale) => listIn(sale['line_items']))
    .map((line) => {
      const composite = listIn(products.get(line['product_id'])?.['composite'])
      return (
        Number(line['quantity']) *
        (composite.length === 0 ? 1 : composite.reduce((sum, part) => sum + Number(part['quantity']), 0))
      )
    })
  assert.ok(Math.abs(taken - parts.reduce((sum, quantity) => sum + quantity, 0)) < 1e-6)
  assert.deepEqual(
    (await shop.walk('/sales')).slice(-4).map(({ id }) => id),
    sales.map(({ id }) => id),
  )
})

test('pages are prepared once and are still right after a change', async () => {
  await using shop = await visit({ prepared: true })
  const one = await shop.get('/tags')
  const two = await shop.get('/tags')
  assert.deepEqual(two.body, one.body)
  assert.equal(two.headers.get('Content-Type'), 'application/json')
  await shop.send('POST', '/sim/change', { collection: 'tags', patch: { name: 'brand new' } })
  assert.equal(rowsIn(await shop.get('/tags')).at(-1)?.['name'], 'brand new')
})
