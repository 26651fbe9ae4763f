import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFields, listIn, type Fields } from './body.ts'
import { first, rowIn, rowsIn, visit, type Visitor } from './visitor.ts'

async function openTill(shop: Visitor) {
  const registers = rowsIn(await shop.get('/registers'))
  const user = first(rowsIn(await shop.get('/user')))
  const product = first((await shop.walk('/products')).filter((row) => row['is_composite'] === false))
  const [, tax] = rowsIn(await shop.get('/taxes'))
  const cash = first(rowsIn(await shop.get('/payment_types')))
  const register = first(registers)
  const sale = (fields: Fields) =>
    shop.send('POST', '/api/register_sales', {
      register_id: register['id'],
      user_id: user['id'],
      register_sale_products: [{ product_id: product['id'], quantity: 2, price: 10, tax: 1.5, tax_id: tax?.['id'] }],
      register_sale_payments: [{ retailer_payment_type_id: cash['id'], amount: 23 }],
      ...fields,
    })
  const level = async () => {
    const stock = rowsIn(await shop.get(`/products/${String(product['id'])}/inventory`))
    return Number(first(stock.filter((row) => row['outlet_id'] === register['outlet_id']))['inventory_level'])
  }
  return { register, registers, sale, level, cash, product }
}

test('a sale takes stock, gets the next invoice number, and reads as Lightspeed sends it', async () => {
  await using shop = await visit()
  const till = await openTill(shop)
  const before = await till.level()
  const answer = await till.sale({ state: 'closed', note: 'Thanks' })
  assert.equal(answer.status, 200)
  assert.equal(await till.level(), before - 2)
  const sale = first((await shop.walk('/sales')).slice(-1))
  assert.deepEqual([sale['status'], sale['state'], sale['total_price'], sale['total_tax']], ['CLOSED', 'closed', 20, 3])
  assert.equal(sale['invoice_number'], `R1-${Number(till.register['invoice_sequence']) + 1}`)
  assert.equal(first(listIn(sale['payments']))['name'], 'Cash')
})

test('a parked sale takes nothing until it is closed under the same id, and gives all back when it is voided', async () => {
  await using shop = await visit()
  const till = await openTill(shop)
  const before = await till.level()
  const id = '0af7b240-ab83-11e7-eddc-402337165363'
  await till.sale({ id, state: 'parked' })
  assert.equal(await till.level(), before)
  await till.sale({ id, state: 'closed' })
  assert.equal(await till.level(), before - 2)
  await till.sale({ id, state: 'closed' })
  assert.equal(await till.level(), before - 2)
  await till.sale({ id, state: 'voided' })
  assert.equal(await till.level(), before)
  assert.equal((await shop.walk('/sales')).filter((sale) => sale['id'] === id).length, 1)
})

test('a layby holds its goods, unless the store is told that it does not', async () => {
  await using shop = await visit({ judgments: { laybysTakeStock: false } })
  const till = await openTill(shop)
  const before = await till.level()
  await till.sale({ state: 'pending', status: 'LAYBY' })
  assert.equal(await till.level(), before)
  await shop.send('POST', '/sim/judgments', { laybysTakeStock: true })
  await till.sale({ state: 'pending', status: 'LAYBY' })
  assert.equal(await till.level(), before - 2)
})

test('a sale of nothing known is refused and changes nothing', async () => {
  await using shop = await visit()
  const till = await openTill(shop)
  const version = rowIn(await shop.get('/sim/state'))['version']
  assert.equal(
    (await till.sale({ state: 'closed', register_sale_products: [{ product_id: 'ghost', quantity: 1, price: 1 }] }))
      .status,
    404,
  )
  assert.equal((await till.sale({ state: 'somewhere' })).status, 400)
  assert.equal(rowIn(await shop.get('/sim/state'))['version'], version)
})

const path = (register: Fields | undefined) => `/registers/${String(register?.['id'])}`

test('a register closes with its takings, and opens to a new closure', async () => {
  await using shop = await visit()
  const { registers, cash } = await openTill(shop)
  const [open, closed] = [true, false].map((is) => first(registers.filter((register) => register['is_open'] === is)))
  const before = rowIn(await shop.get(`${path(open)}/payments_summary`))
  assert.equal(before['register_closure_id'], open?.['register_open_sequence_id'])
  assert.ok(listIn(before['payments']).every(({ total }) => /^\d+\.\d\d$/.test(String(total))))
  const shut = await shop.send('PUT', `${path(open)}/actions/close`, {
    payments: [{ payment_type_id: cash['id'], total: '12.00' }],
  })
  assert.deepEqual([shut.status, rowIn(shut)['is_open']], [200, false])
  assert.equal((await shop.send('PUT', `${path(open)}/actions/close`, { payments: [] })).status, 422)

  const opened = rowIn(await shop.send('PUT', `${path(closed)}/actions/open`, {}))
  assert.equal(opened['is_open'], true)
  const fresh = rowIn(await shop.get(`${path(closed)}/payments_summary`))
  assert.deepEqual([fresh['register_closure_id'], fresh['payments']], [opened['register_open_sequence_id'], []])
})

test('stock is corrected with a reason, all items or none', async () => {
  await using shop = await visit()
  const { product, level, register } = await openTill(shop)
  const place = { product_id: product['id'], outlet_id: register['outlet_id'] }
  const adjust = (...items: Fields[]) =>
    shop.send('POST', '/api/2026-01/stock_adjustments', {
      stock_adjustments: items.map((item) => Object.assign({}, place, item)),
    })
  const before = await level()
  const made = await adjust({ quantity: '-3', reason: 'DAMAGE' }, { quantity: '1.5', reason: 'STOCK_FOUND' })
  assert.equal(made.status, 201)
  assert.equal(await level(), before - 1.5)
  for (const wrong of [
    { quantity: '3', reason: 'DAMAGE' },
    { quantity: '-1', reason: 'STOCK_FOUND' },
    { quantity: '1', reason: 'BOREDOM' },
    { quantity: '1', reason: 'CUSTOM' },
    { quantity: '-1', reason: 'THEFT', product_id: 'ghost' },
  ]) {
    assert.equal((await adjust({ quantity: '-1', reason: 'THEFT' }, wrong)).status, 422, JSON.stringify(wrong))
  }
  assert.equal((await adjust()).status, 422)
  assert.equal(await level(), before - 1.5)
  const listed = await shop.get('/api/2026-01/stock_adjustments')
  assert.deepEqual(
    rowsIn(listed).map(({ quantity }) => quantity),
    ['-3.00000', '1.50000'],
  )
  assert.ok(isFields(listed.body['version']))
})
