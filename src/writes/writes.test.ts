import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { refusalOf } from '#test/office.ts'
import { hashOf } from '#src/people/sign-in.actions.ts'
import { openCounter } from '#test/counter.ts'
import { until } from '#test/workers.ts'

test('a product is made, changed and deleted in Lightspeed, and each is read back', async () => {
  await using counter = await openCounter()
  const { supplier } = counter
  const wish = {
    name: 'Oolong Tea',
    sku: 'OOLONG-1',
    priceIncludingTax: '12.50',
    supplyPrice: '4.95',
    supplierId: supplier,
    supplierCode: 'L-77',
    codes: ['9421902960123'],
  }
  const made = await counter.take(await counter.asked('POST', '/api/v1/products', wish))
  await counter.work(made)
  const { remoteId, state } = await counter.show(made)
  assert.equal(state, 'done')
  const id = String(remoteId)
  assert.deepEqual(await counter.productThere(id), {
    name: 'Oolong Tea',
    sku: 'OOLONG-1',
    price_including_tax: 12.5,
    supply_price: 4.95,
    supplier_code: 'L-77',
    active: true,
    codes: ['OOLONG-1', '9421902960123'],
  })
  await counter.sync('products')
  const here = `/api/v1/products/${id}`
  const change = async (to: object) => counter.take(await counter.asked('PATCH', here, to))
  const ids = [
    await change({ priceIncludingTax: '13', supplyPrice: '5.05', isActive: false }),
    await change({ priceIncludingTax: '14', codes: ['4006381333931'], sku: 'OOLONG-2' }),
  ]
  await counter.work(...ids)
  for (const one of ids) assert.equal((await counter.show(one)).failure, null)
  assert.deepEqual(await counter.productThere(id), {
    name: 'Oolong Tea',
    sku: 'OOLONG-2',
    price_including_tax: 14,
    supply_price: 5.05,
    supplier_code: 'L-77',
    active: false,
    codes: ['OOLONG-2', '4006381333931'],
  })
  const gone = await counter.take(await counter.asked('DELETE', here, { reason: 'No longer made' }))
  await counter.work(gone)
  assert.equal((await counter.show(gone)).state, 'done')
  assert.equal(await counter.productThere(id), null)
})

test('what was asked of Lightspeed tells no costs to who may not see them', async () => {
  await using counter = await openCounter()
  const wish = { name: 'Oolong Tea', sku: 'OOLONG-1', supplyPrice: '4.95', supplierId: counter.supplier }
  const made = await counter.take(await counter.asked('POST', '/api/v1/products', wish))
  await counter.work(made)
  await counter.db
    .insertInto('api_token')
    .values({ name: 'clerk', token_hash: hashOf('clerk'), scopes: ['writes:read'] })
    .execute()
  for (const path of ['', `/${made}`]) {
    const clerk = { authorization: 'Bearer clerk' }
    const answer = await counter.asked('GET', `/api/v1/lightspeed-writes${path}`, undefined, clerk)
    assert.doesNotMatch(await answer.text(), /4\.95/, 'who may not see costs is not told any')
  }
})

test('what somebody has changed in Lightspeed meanwhile is not written over, and a stale version is refused', async () => {
  await using counter = await openCounter()
  const { cup } = counter
  const here = `/api/v1/products/${cup}`
  const [first, second] = [
    await counter.take(await counter.asked('PATCH', here, { name: 'Blue Cup' })),
    await counter.take(await counter.asked('PATCH', here, { description: 'Thin porcelain' })),
  ]
  await counter.there('PUT', `2.1/products/${cup}`, { common: { name: 'Green Cup' } })
  await counter.work(first, second)
  assert.match(String((await counter.show(first)).failure), /name was changed there to "Green Cup"/)
  assert.equal((await counter.show(second)).state, 'done')
  assert.equal((await counter.productThere(cup))?.name, 'Green Cup')
  const stale = await refusalOf(await counter.asked('PATCH', here, { name: 'Red Cup' }, { 'if-match': '"1"' }))
  assert.deepEqual([stale.status, stale.code], [409, 'version_stale'])
})

test('the answer to a creation is lost: one product, one supplier', async () => {
  await using counter = await openCounter()
  counter.sim.trouble({ kind: 'answer_lost', method: 'POST', path: '2.0/products$', times: 1 })
  counter.sim.trouble({ kind: 'answer_lost', method: 'POST', path: '2.0/suppliers$', times: 1 })
  const tea = await counter.take(await counter.asked('POST', '/api/v1/products', { name: 'White Tea', sku: 'WHITE-1' }))
  const leaf = await counter.take(
    await counter.asked('POST', '/api/v1/suppliers', { name: 'White Leaf', email: 'a@b.example' }),
  )
  await counter.work(tea, leaf)
  assert.deepEqual([(await counter.show(tea)).state, (await counter.show(leaf)).state], ['done', 'done'])
  assert.equal(counter.sent('POST', '/products').length, 1)
  assert.equal(counter.sent('POST', '/suppliers').length, 1)
})

test('a supplier is made and changed, and what is not named stays', async () => {
  await using counter = await openCounter()
  const made = await counter.take(
    await counter.asked('POST', '/api/v1/suppliers', {
      name: 'Leaf & Daughters',
      email: 'orders@leaf.example',
      phone: '1',
    }),
  )
  await counter.work(made)
  const id = String((await counter.show(made)).remoteId)
  await counter.sync('suppliers')
  const taken = await refusalOf(await counter.asked('POST', '/api/v1/suppliers', { name: 'Leaf & Daughters' }))
  assert.equal(taken.code, 'supplier_name_taken')
  const changed = await counter.take(
    await counter.asked('PATCH', `/api/v1/suppliers/${id}`, { phone: '2', email: null }),
  )
  await counter.work(changed)
  const { data } = z
    .object({ data: z.object({ name: z.string(), contact: z.record(z.string(), z.unknown()) }) })
    .parse(await (await counter.there('GET', `2.0/suppliers/${id}`)).json())
  assert.deepEqual(data, { name: 'Leaf & Daughters', contact: { email: '', phone: '2' } })
})

test('what Lightspeed refuses fails with its reason, holds nobody up, and is done when it is retried', async () => {
  await using counter = await openCounter()
  const { cup } = counter
  const here = `/api/v1/products/${cup}`
  await counter.there('POST', '2.0/products', { name: 'Another', sku: 'TAKEN' })
  const refused = await counter.take(await counter.asked('PATCH', here, { sku: 'TAKEN' }))
  const next = await counter.take(await counter.asked('PATCH', here, { description: 'Next' }))
  await counter.work(refused, next)
  assert.match(String((await counter.show(refused)).failure), /sku is not unique/)
  assert.equal((await counter.show(next)).state, 'done')
  await counter.judge({ skuUnique: false })
  await counter.asked('POST', '/api/v1/dead-letters/retries', { kind: 'lightspeed.write' })
  const worker = await counter.hire()
  await until(async () => (await counter.show(refused)).state === 'done')
  await worker.stop()
  assert.equal((await counter.productThere(cup))?.sku, 'TAKEN')
})

test('a real retailer is only read until an administrator switches writing on; until then wishes wait and say why', async () => {
  await using counter = await openCounter()
  await counter.api.api.v1.lightspeed.writing.$post({ json: { on: false } })
  const made = await counter.take(await counter.asked('POST', '/api/v1/suppliers', { name: 'Patience' }))
  const worker = await counter.hire()
  await until(async () => (await counter.putOff()) === 1)
  await worker.stop()
  const { state, waitsFor } = await counter.show(made)
  assert.deepEqual([state, waitsFor], ['waiting', 'Writing to Lightspeed is switched off for this retailer'])
  assert.equal(counter.sent('POST', '/suppliers').length, 0)
})
