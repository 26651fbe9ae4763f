import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as always, asyncProperty, constantFrom, integer } from 'fast-check'
import { isFields, type Fields } from './body.ts'
import { first, rowIn, rowsIn, visit } from './visitor.ts'

const lists = [
  'products',
  'inventory',
  'sales',
  'customers',
  'price_book_products',
  'outlet_taxes',
  'users',
  'brands',
  'registers',
]

const isGone = (row: Fields) => typeof row['deleted_at'] === 'string'

test('walking by version meets every row once, ascending, whatever the page size', async () => {
  await using shop = await visit()
  await always(
    asyncProperty(constantFrom(...lists), integer({ min: 1, max: 130 }), async (list, pageSize) => {
      const pages = await shop.walk(`/${list}?deleted=true`, pageSize)
      const versions = pages.map((row) => Number(row['version']))
      assert.deepEqual(
        versions,
        versions.toSorted((one, other) => one - other),
      )
      assert.equal(new Set(versions).size, versions.length)
      const { body } = await shop.get('/sim/state')
      const counts = isFields(body['data']) && isFields(body['data']['rows']) ? body['data']['rows'] : {}
      assert.equal(versions.length, counts[list], list)
    }),
    { numRuns: 25, seed: 1 },
  )
})

test('a product renamed while somebody walks is met again at the end, under its new name', async () => {
  await using shop = await visit()
  const page = rowsIn(await shop.get('/products?page_size=10'))
  const early = first(page)
  await shop.send('POST', '/sim/change', { collection: 'products', id: early['id'], patch: { name: 'Renamed' } })
  const rest = await shop.walk('/products', 100, Number(page.at(-1)?.['version']))
  assert.equal(rest.at(-1)?.['id'], early['id'])
  assert.equal(rest.at(-1)?.['name'], 'Renamed')
  const whole = await shop.walk('/products')
  assert.equal(whole.filter(({ id }) => id === early['id']).length, 1)
})

test('deleted rows are shown only to who asks for them', async () => {
  await using shop = await visit()
  for (const list of ['products', 'customers', 'outlets', 'suppliers', 'inventory', 'sales']) {
    assert.equal((await shop.walk(`/${list}`)).some(isGone), false, list)
    assert.equal((await shop.walk(`/${list}?deleted=true`)).some(isGone), true, list)
    assert.equal((await shop.walk(`/${list}?deleted=1`)).some(isGone), true, list)
  }
})

test('a store that honours deleted only where it is documented keeps its inventory tombstones to itself', async () => {
  await using shop = await visit({ judgments: { deletedEverywhere: false } })
  assert.equal((await shop.walk('/inventory?deleted=true')).some(isGone), false)
  assert.ok((await shop.walk('/products?deleted=true')).some(isGone))
})

test('a page is as long as asked, never longer than the cap, and says its lowest and highest version', async () => {
  await using shop = await visit({ pageSizeCap: 50 })
  assert.equal(rowsIn(await shop.get('/inventory?page_size=7')).length, 7)
  const capped = await shop.get('/inventory?page_size=5000')
  const rows = rowsIn(capped)
  assert.equal(rows.length, 50)
  assert.deepEqual(capped.body['version'], { min: rows[0]?.['version'], max: rows[49]?.['version'] })
  const before = rowsIn(await shop.get(`/inventory?before=${String(rows[10]?.['version'])}`))
  assert.deepEqual(before, rows.slice(0, 10))
})

test('the page after the last is empty, and its version is what the store was told to answer', async () => {
  await using shop = await visit()
  const empty = async () => (await shop.get('/tags?after=9007199254740000')).body
  assert.deepEqual(await empty(), { data: [], version: { min: 0, max: 0 } })
  await shop.send('POST', '/sim/judgments', { emptyPageVersion: 'null' })
  assert.deepEqual(await empty(), { data: [], version: { min: null, max: null } })
  await shop.send('POST', '/sim/judgments', { emptyPageVersion: 'absent' })
  assert.deepEqual(await empty(), { data: [] })
})

test('nonsense in the query is refused', async () => {
  await using shop = await visit()
  for (const query of ['after=yesterday', 'page_size=0', 'page_size=-3', 'before=1.5']) {
    assert.equal((await shop.get(`/products?${query}`)).status, 400, query)
  }
  assert.equal((await shop.get('/products?after=')).status, 200)
  assert.equal((await shop.get('/nothing_of_the_kind')).status, 404)
})

test('asking products by sku or name ignores the cursor', async () => {
  await using shop = await visit()
  const product = first(rowsIn(await shop.get('/products?page_size=1')))
  const bySku = rowsIn(await shop.get(`/products?sku=${String(product['sku'])}&after=9007199254740000`))
  assert.deepEqual(
    bySku.map(({ id }) => id),
    [product['id']],
  )
  const byName = rowsIn(await shop.get(`/products?name=${encodeURIComponent(String(product['variant_name']))}`))
  assert.ok(byName.some(({ id }) => id === product['id']))
})

test('one row is asked by its id, and an unknown id is not found', async () => {
  await using shop = await visit()
  for (const list of [
    'products',
    'brands',
    'suppliers',
    'tags',
    'outlets',
    'registers',
    'customers',
    'customer_groups',
    'sales',
    'price_books',
    'product_types',
  ]) {
    const row = first(rowsIn(await shop.get(`/${list}?page_size=1`)))
    assert.deepEqual(rowIn(await shop.get(`/${list}/${String(row['id'])}`)), row, list)
    assert.equal((await shop.get(`/${list}/00000000-0000-11e9-0000-000000000000`)).status, 404, list)
  }
})

test('what is inside the simulator stays inside', async () => {
  await using shop = await visit()
  for (const list of ['registers', 'outlet_taxes']) {
    const names = (await shop.walk(`/${list}`)).flatMap((row) => Object.keys(row))
    assert.equal(
      names.some((name) => name.startsWith('_')),
      false,
    )
  }
  assert.equal(Object.hasOwn(first(await shop.walk('/outlet_taxes')), 'id'), false)
})
