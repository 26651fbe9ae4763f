import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWithoutCosts } from './costs.rules.ts'

test('a record is told without what goods cost, in its columns, in what Lightspeed sent, and at its suppliers', () => {
  const product = {
    name: 'Tea',
    supply_price: '4.95',
    price_including_tax: '9.90',
    raw: { supply_price: 4.95, product_suppliers: [{ supplier_id: 's', price: 4.5 }], costs: { average_cost: 4.1 } },
  }
  assert.deepEqual(readWithoutCosts('products', JSON.stringify(product)), {
    name: 'Tea',
    supply_price: null,
    price_including_tax: '9.90',
    raw: { supply_price: null, product_suppliers: [{ supplier_id: 's', price: null }], costs: { average_cost: null } },
  })
  const supplied = { product_id: 'p', price: '4.50', raw: { price: 4.5 } }
  assert.deepEqual(readWithoutCosts('product-suppliers', JSON.stringify(supplied)), {
    product_id: 'p',
    price: null,
    raw: { price: null },
  })
})
