import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listIn, type Fields } from './body.ts'
import { first, rowIn, rowsIn, visit, type Visitor } from './visitor.ts'

const create = async (shop: Visitor, body: Fields): Promise<string[]> => {
  const answer = await shop.send('POST', '/products', body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return Array.isArray(answer.body['data']) ? answer.body['data'].map(String) : []
}
const product = async (shop: Visitor, id: string | undefined) => rowIn(await shop.get(`/products/${id}`))

test('a new product has both prices, its sku among its codes, and a row at every open outlet', async () => {
  await using shop = await visit()
  const [outlet] = rowsIn(await shop.get('/outlets'))
  const [id = ''] = await create(shop, {
    name: 'Pāua Shell Dish',
    sku: 'PAUA-1',
    price_including_tax: 23,
    inventory: [{ outlet_id: outlet?.['id'], current_amount: 4.5, reorder_point: 2 }],
  })
  const made = await product(shop, id)
  assert.equal(made['price_excluding_tax'], 20)
  assert.deepEqual(made['product_codes'], [{ type: 'CUSTOM', code: 'PAUA-1' }])
  assert.deepEqual(made['brand'], {})
  const stock = rowsIn(await shop.get(`/products/${id}/inventory`))
  assert.equal(stock.length, 3)
  const there = first(stock.filter((row) => row['outlet_id'] === outlet?.['id']))
  assert.deepEqual([there['inventory_level'], there['current_amount'], there['reorder_point']], [4.5, 4.5, 2])
})

test('a family is made at once: the first variant is the parent, the others follow it', async () => {
  await using shop = await visit()
  const [size, colour] = rowsIn(await shop.get('/variant_attributes')).map(({ id }) => id)
  const variants = ['S', 'M', 'L'].map((value) => ({
    sku: `TEE-${value}`,
    variant_definitions: [
      { attribute_id: size, value },
      { attribute_id: colour, value: 'Sage' },
    ],
  }))
  const ids = await create(shop, { name: 'Tee', price_excluding_tax: 40, variants })
  assert.equal(ids.length, 3)
  const [parent, child] = [await product(shop, ids[0]), await product(shop, ids[1])]
  assert.deepEqual([parent['has_variants'], parent['variant_count'], child['variant_parent_id']], [true, 3, ids[0]])
  assert.equal(child['variant_name'], 'Tee / M / Sage')
  assert.equal(child['handle'], parent['handle'])
  await shop.send('PUT', `/api/2.1/products/${ids[1]}`, {
    common: { name: 'Shirt' },
    details: { price_excluding_tax: 50 },
  })
  const [renamed, dearer] = [await product(shop, ids[0]), await product(shop, ids[1])]
  assert.deepEqual([renamed['name'], renamed['price_excluding_tax']], ['Shirt', 40])
  assert.deepEqual([dearer['variant_name'], dearer['price_excluding_tax']], ['Shirt / M / Sage', 50])
})

test('two prices, an unknown brand and a sku that another product has are refused', async () => {
  await using shop = await visit()
  const [taken] = rowsIn(await shop.get('/products?page_size=1'))
  const status = async (body: Fields) => (await shop.send('POST', '/products', { name: 'X', ...body })).status
  assert.equal(await status({ price_including_tax: 1, price_excluding_tax: 1 }), 422)
  assert.equal(await status({ brand_id: 'nobody' }), 422)
  assert.equal(await status({ sku: taken?.['sku'] }), 422)
  assert.equal((await shop.send('POST', '/products', { sku: 'nameless' })).status, 422)
  await shop.send('POST', '/sim/judgments', { skuUnique: false, refusalStatus: 400 })
  assert.equal(await status({ sku: taken?.['sku'] }), 200)
  assert.equal(await status({ brand_id: 'nobody' }), 400)
})

test('an update writes labels, codes, stock and taxes, and takes them away again', async () => {
  await using shop = await visit()
  const [id = ''] = await create(shop, { name: 'Kete', sku: 'KETE' })
  const brand = first(rowsIn(await shop.get('/brands')))
  const tag = first(rowsIn(await shop.get('/tags')))
  const outlet = first(rowsIn(await shop.get('/outlets')))
  const tax = first(rowsIn(await shop.get('/taxes')))
  const put = (body: Fields) => shop.send('PUT', `/api/2.1/products/${id}`, body)
  await put({
    common: { brand_id: brand['id'], tag_ids: [tag['id']] },
    details: {
      product_codes: [{ code: '9400020000348', type: 'EAN' }],
      inventory: [{ outlet_id: outlet['id'], current_amount: 9 }],
      outlet_taxes: [{ outlet_id: outlet['id'], tax_id: tax['id'] }],
    },
  })
  const made = await product(shop, id)
  assert.equal(made['sku'], '9400020000348')
  assert.deepEqual([made['brand_id'], made['tag_ids']], [brand['id'], [tag['id']]])
  const stock = rowsIn(await shop.get(`/products/${id}/inventory`))
  assert.ok(stock.some((row) => row['current_amount'] === 9))
  assert.ok((await shop.walk('/outlet_taxes')).some((row) => row['product_id'] === id))
  await put({
    common: { brand_id: '', tag_ids: [] },
    details: { outlet_taxes: [{ outlet_id: outlet['id'], tax_id: '' }] },
  })
  const bare = await product(shop, id)
  assert.deepEqual([bare['brand_id'], bare['brand'], bare['categories']], [undefined, {}, []])
  assert.equal(
    (await shop.walk('/outlet_taxes')).some((row) => row['product_id'] === id),
    false,
  )
})

test('a deleted product leaves tombstones of itself and of its stock, and cannot be deleted twice', async () => {
  await using shop = await visit()
  const [id = ''] = await create(shop, { name: 'Short-lived' })
  assert.equal((await shop.send('DELETE', `/products/${id}`, {})).status, 200)
  assert.equal((await shop.send('DELETE', `/products/${id}`, {})).status, 404)
  assert.ok(
    (await shop.walk('/products?deleted=true')).some(
      (row) => row['id'] === id && typeof row['deleted_at'] === 'string',
    ),
  )
  const stock = (await shop.walk('/inventory?deleted=true')).filter((row) => row['product_id'] === id)
  assert.ok(stock.length === 3 && stock.every((row) => typeof row['deleted_at'] === 'string'))
})

test('a whole family goes at once', async () => {
  await using shop = await visit()
  const parent = first((await shop.walk('/products')).filter((row) => row['has_variants'] === true))
  await shop.send('DELETE', `/products/${String(parent['id'])}/all`, {})
  const left = (await shop.walk('/products')).filter((row) => row['family_id'] === parent['id'])
  assert.deepEqual(left, [])
})

test('a composite sells its components', async () => {
  await using shop = await visit()
  const [part = ''] = await create(shop, { name: 'Candle', price_excluding_tax: 10 })
  const [set = ''] = await create(shop, {
    name: 'Candle pair',
    price_excluding_tax: 18,
    composite: [{ product_id: part, quantity: 2 }],
  })
  assert.equal((await product(shop, set))['has_inventory'], false)
  const register = first(rowsIn(await shop.get('/registers')))
  const user = first(rowsIn(await shop.get('/user')))
  const line = { product_id: set, quantity: 3, price: 18, tax: 2.7, tax_id: '' }
  await shop.send('POST', '/api/register_sales', {
    register_id: register['id'],
    user_id: user['id'],
    state: 'closed',
    register_sale_products: [line],
  })
  const stock = rowsIn(await shop.get(`/products/${part}/inventory`))
  const here = first(stock.filter((row) => row['outlet_id'] === register['outlet_id']))
  assert.equal(here['inventory_level'], -6)
  assert.equal(listIn((await product(shop, set))['composite']).length, 1)
})
