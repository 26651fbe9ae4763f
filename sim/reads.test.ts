import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listIn } from './body.ts'
import { first, rowIn, rowsIn, visit } from './visitor.ts'

test('a product tells its stock at every outlet', async () => {
  await using shop = await visit()
  const product = first(rowsIn(await shop.get('/products?page_size=1')))
  const stock = rowsIn(await shop.get(`/products/${String(product['id'])}/inventory`))
  assert.equal(stock.length, 3)
  const outlets = new Set((await shop.walk('/outlets')).map(({ id }) => id))
  assert.ok(stock.every((row) => row['product_id'] === product['id'] && outlets.has(row['outlet_id'])))
  const whole = await shop.walk('/inventory')
  assert.deepEqual(
    whole.filter((row) => row['product_id'] === product['id']),
    stock,
  )
})

test('a payment and a picture are found by their own ids, inside seeded and inside new rows', async () => {
  await using shop = await visit()
  await shop.send('POST', '/sim/trade', { sales: 1 })
  const sales = (await shop.walk('/sales')).filter((sale) => listIn(sale['payments']).length > 0)
  for (const sale of [sales[0], sales.at(-1)]) {
    const payment = first(listIn(sale?.['payments']))
    assert.deepEqual(rowIn(await shop.get(`/payments/${String(payment['id'])}`)), payment)
  }
  const pictured = first((await shop.walk('/products')).filter((product) => listIn(product['images']).length > 0))
  const image = first(listIn(pictured['images']))
  const shown = rowIn(await shop.get(`/product_images/${String(image['id'])}`))
  assert.equal(shown['product_id'], pictured['id'])
  assert.equal((await shop.get('/payments/00000000-0000-11e9-0000-000000000000')).status, 404)
})

test('a user comes as a list of one, or alone when the store is told so', async () => {
  await using shop = await visit()
  const user = first(rowsIn(await shop.get('/user')))
  assert.equal(user['is_primary_user'], true)
  assert.deepEqual(rowsIn(await shop.get(`/users/${String(user['id'])}`)), [user])
  await shop.send('POST', '/sim/judgments', { userAsArray: false, roleIds: 'number' })
  assert.equal(first(listIn(rowIn(await shop.get('/user'))['roles']))['id'], 100)
})

test('the retailer says what a client must know before it writes a price', async () => {
  await using shop = await visit()
  const retailer = rowIn(await shop.get('/retailer'))
  assert.equal(retailer['domain_prefix'], shop.sim.domainPrefix)
  assert.equal(retailer['tax_exclusive'], false)
  assert.equal(typeof retailer['version'], 'string')
})

test('the undocumented list of versions knows the newest of each collection, but not of inventory', async () => {
  await using shop = await visit()
  const products = await shop.walk('/products?deleted=true')
  const versions = rowIn(await shop.get('/versions'))
  assert.equal(versions['products'], products.at(-1)?.['version'])
  assert.equal(Object.hasOwn(versions, 'inventory'), false)
})

test('a price book shows its own prices, and those of one product when asked', async () => {
  await using shop = await visit()
  const book = first(rowsIn(await shop.get('/price_books')))
  const prices = await shop.walk(`/price_books/${String(book['id'])}/products`)
  assert.ok(prices.length > 50 && prices.every((price) => price['price_book_id'] === book['id']))
  const product = String(prices[3]?.['product_id'])
  assert.deepEqual(rowsIn(await shop.get(`/price_books/${String(book['id'])}/products?product_ids=${product}`)), [
    prices[3],
  ])
})

test('a group lists its customers', async () => {
  await using shop = await visit()
  const group = first(rowsIn(await shop.get('/customer_groups')))
  const members = await shop.walk(`/customer_groups/${String(group['id'])}/customers`)
  const all = await shop.walk('/customers')
  assert.deepEqual(
    members,
    all.filter((customer) => customer['customer_group_id'] === group['id']),
  )
})

test('search finds a sku only in small letters, and pages by offset', async () => {
  await using shop = await visit()
  const product = first((await shop.walk('/products')).filter(({ sku }) => String(sku).startsWith('LX')))
  const find = async (sku: string) => rowsIn(await shop.get(`/search?type=products&sku=${sku}`)).map(({ id }) => id)
  assert.deepEqual(await find(String(product['sku']).toLowerCase()), [product['id']])
  assert.deepEqual(await find(String(product['sku'])), [])
  const whole = rowsIn(await shop.get('/search?type=sales&page_size=1000'))
  const second = rowsIn(await shop.get('/search?type=sales&page_size=5&offset=5'))
  assert.deepEqual(second, whole.slice(5, 10))
  assert.equal((await shop.get('/search?type=everything')).status, 400)
})

test('a changed row may take a while to be found by search', async () => {
  let time = Date.UTC(2026, 10, 1)
  await using shop = await visit({ now: () => new Date(time), judgments: { searchLagMs: 5000 } })
  const product = first(rowsIn(await shop.get('/products?page_size=1')))
  await shop.send('POST', '/sim/change', { collection: 'products', id: product['id'], patch: { sku: 'fresh-sku' } })
  assert.equal(rowsIn(await shop.get('/search?type=products&sku=fresh-sku')).length, 0)
  time += 6000
  assert.equal(rowsIn(await shop.get('/search?type=products&sku=fresh-sku')).length, 1)
})
