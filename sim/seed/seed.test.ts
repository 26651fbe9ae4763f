import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readScale } from '../scale.ts'
import { collections, type Collection, type Row } from '../store.ts'
import { listIn } from '../body.ts'
import { openSeed } from './seed.ts'

const tiny = readScale('tiny')
const rowsOf = (seed: ReturnType<typeof openSeed>, collection: Collection): Row[] =>
  Array.from({ length: seed.count(collection) }, (_, index) => seed.row(collection, index))
const all = (seed: number, scale = tiny) => {
  const opened = openSeed(seed, scale)
  return collections.map((collection) => JSON.stringify(rowsOf(opened, collection)))
}

test('the same seed grows the same shop, byte for byte, and another seed another shop', () => {
  assert.deepEqual(all(7), all(7))
  assert.notEqual(all(7)[0], all(8)[0])
})

test('versions ascend within each collection, never repeat in the shop, leave gaps and pass 32 bits', () => {
  const seed = openSeed(1, tiny)
  const versions = collections.flatMap((collection) => {
    const own = rowsOf(seed, collection).map(({ version }) => version)
    assert.deepEqual(
      own,
      own.toSorted((one, other) => one - other),
      collection,
    )
    return own
  })
  assert.equal(new Set(versions).size, versions.length)
  assert.ok(Math.max(...versions) > 2 ** 32 && Math.max(...versions) < seed.lastVersion)
})

test('every row is found again by its id and by its version', () => {
  const seed = openSeed(3, tiny)
  for (const collection of collections) {
    for (const [index, row] of rowsOf(seed, collection).entries()) {
      assert.equal(seed.indexOf(collection, row.id), index, `${collection} ${index}`)
      assert.equal(seed.indexAfter(collection, row.version), index + 1)
      assert.equal(seed.indexAfter(collection, row.version - 1), index)
    }
  }
  assert.equal(seed.indexOf('products', seed.freshId(0)), undefined)
})

test('each collection that knows deletion has deleted rows', () => {
  const seed = openSeed(1, tiny)
  for (const collection of collections) {
    const rows = rowsOf(seed, collection)
    if (rows.length > 0)
      assert.ok(
        rows.some((row) => typeof row['deleted_at'] === 'string'),
        collection,
      )
  }
})

test('the smallest shop shows every kind of consignment and ten statuses', () => {
  const rows = rowsOf(openSeed(1, tiny), 'consignments').filter((row) => row['deleted_at'] === undefined)
  assert.deepEqual(new Set(rows.map((row) => row['type'])), new Set(['OUTLET', 'RETURN', 'STOCKTAKE', 'SUPPLIER']))
  assert.equal(new Set(rows.map((row) => row['status'])).size, 10)
})

test('sales name products, registers, users and payment types that are there, and their sums are right', () => {
  const seed = openSeed(1, tiny)
  const knows = (collection: Collection, id: unknown) => seed.indexOf(collection, String(id)) !== undefined
  for (const sale of rowsOf(seed, 'sales')) {
    assert.ok(
      knows('registers', sale['register_id']) && knows('outlets', sale['outlet_id']) && knows('users', sale['user_id']),
    )
    if (sale['customer_id'] !== undefined) assert.ok(knows('customers', sale['customer_id']))
    if (sale['return_for'] !== undefined) assert.ok(knows('sales', sale['return_for']))
    for (const line of listIn(sale['line_items']))
      assert.ok(knows('products', line['product_id']) && knows('taxes', line['tax_id']))
    for (const payment of listIn(sale['payments']))
      assert.ok(knows('payment_types', payment['retailer_payment_type_id']))
    const sum = listIn(sale['line_items']).reduce((total, line) => total + Number(line['price_total']), 0)
    assert.ok(Math.abs(sum - Number(sale['total_price'])) < 1e-6)
  }
})

test('trade knows returns, laybys, parked sales, and levels below zero and in fractions', () => {
  const seed = openSeed(1, readScale('tiny:sales=400,products=400'))
  const sales = rowsOf(seed, 'sales')
  const statuses = new Set(sales.map((sale) => sale['status']))
  for (const status of ['CLOSED', 'LAYBY', 'ONACCOUNT', 'SAVED', 'VOIDED']) assert.ok(statuses.has(status), status)
  assert.ok(
    sales.some((sale) =>
      listIn(sale['line_items']).some((line) => line['is_return'] === true && Number(line['quantity']) < 0),
    ),
  )
  const levels = rowsOf(seed, 'inventory').map((row) => Number(row['inventory_level']))
  assert.ok(levels.some((level) => level < 0) && levels.some((level) => !Number.isInteger(level)))
})

test('products come in families with up to three attributes, some old ones with the same attribute twice, and as composites', () => {
  const products = rowsOf(openSeed(1, readScale('shop')), 'products')
  const parents = products.filter((product) => product['has_variants'] === true)
  for (const parent of parents) {
    const children = products.filter((product) => product['variant_parent_id'] === parent.id)
    assert.equal(children.length + 1, parent['variant_count'])
    for (const child of children) assert.equal(child['handle'], parent['handle'])
    assert.ok(listIn(parent['variant_options']).length <= 3)
  }
  const names = parents.map((parent) => listIn(parent['variant_options']).map((option) => option['name']))
  assert.ok(names.some((own) => new Set(own).size < own.length))
  const composites = products.filter((product) => product['is_composite'] === true)
  assert.ok(composites.length > 20 && composites.every((product) => listIn(product['composite']).length > 1))
  assert.equal(new Set(products.map((product) => product['sku'])).size, products.length)
  assert.ok(products.some((product) => JSON.stringify(product['brand']) === '{}'))
})

test('lines of a consignment lie together, with quantities as texts of five decimals', () => {
  const seed = openSeed(1, readScale('shop'))
  const lines = rowsOf(seed, 'consignment_products')
  for (const index of [0, 40, 119]) {
    const { id } = seed.row('consignments', index)
    const own = lines.filter((line) => line['consignment_id'] === id).map((line) => line.id)
    assert.deepEqual(
      seed.children('consignment_products', id).map((place) => seed.row('consignment_products', place).id),
      own,
    )
  }
  assert.ok(lines.every((line) => /^\d+\.\d{5}$/.test(String(line['received']))))
})

test('the reference retailer opens at once and has its sizes', () => {
  const started = performance.now()
  const seed = openSeed(1, readScale('retailer'))
  assert.ok(performance.now() - started < 2000)
  const sizes = {
    products: 9006,
    inventory: 189_293,
    customers: 98_462,
    sales: 1_715_800,
    consignments: 24_454,
  } as const
  assert.equal(seed.count('products'), sizes.products)
  assert.equal(seed.count('inventory'), sizes.inventory)
  assert.equal(seed.count('customers'), sizes.customers)
  assert.equal(seed.count('sales'), sizes.sales)
  assert.equal(seed.count('consignments'), sizes.consignments)
  const sample = Array.from({ length: 20_000 }, (_, at) => listIn(seed.row('sales', at * 85)['line_items']).length)
  const lines = (sample.reduce((sum, count) => sum + count, 0) / sample.length) * sizes.sales
  assert.ok(Math.abs(lines / 2_770_072 - 1) < 0.02, String(lines))
  const ids = new Set(Array.from({ length: 30_000 }, (_, at) => seed.row('inventory', at * 6).id))
  assert.equal(ids.size, 30_000)
})
