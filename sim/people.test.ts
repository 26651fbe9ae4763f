import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { isFields } from './body.ts'
import { first, rowIn, rowsIn, visit } from './visitor.ts'

test('a customer is made with a code, changed and deleted', async () => {
  await using shop = await visit()
  const made = await shop.send('POST', '/customers', {
    first_name: 'Tūī',
    last_name: 'Parata',
    email: 'tui@mail.example',
  })
  assert.equal(made.status, 201)
  const { id, customer_code: code, name, balance } = rowIn(made)
  assert.match(String(code), /^Tūī-/)
  assert.deepEqual([name, balance], ['Tūī Parata', 0])
  const changed = await shop.send('PUT', `/customers/${String(id)}`, { data: { last_name: 'Ngata' } })
  assert.deepEqual([changed.status, rowIn(changed)['name']], [200, 'Tūī Ngata'])
  assert.equal((await shop.send('DELETE', `/customers/${String(id)}`, {})).status, 204)
  assert.equal((await shop.send('DELETE', `/customers/${String(id)}`, {})).status, 404)
  assert.equal((await shop.walk('/customers?deleted=true')).at(-1)?.['id'], id)
})

test('the number of a payment card is taken out of a note without a word', async () => {
  await using shop = await visit()
  const made = await shop.send('POST', '/customers', {
    first_name: 'A',
    last_name: 'B',
    note: 'Card 4111 1111 1111 1111, ref 4111 1111 1111 1112',
  })
  assert.equal(made.status, 201)
  assert.equal(rowIn(made)['note'], 'Card REDACTED, ref 4111 1111 1111 1112')
})

test('a group takes customers in, lets them go, and gives them back when it ends', async () => {
  await using shop = await visit()
  const group = rowIn(await shop.send('POST', '/customer_groups', { name: 'Choir' }))
  const [one, two] = rowsIn(await shop.get('/customers?page_size=2')).map(({ id }) => String(id))
  const path = `/customer_groups/${String(group['id'])}`
  const members = async () => new Set((await shop.walk(`${path}/customers`)).map(({ id }) => id))
  assert.equal((await shop.send('POST', `${path}/customers`, { customer_ids: [one, two] })).status, 201)
  assert.deepEqual(await members(), new Set([one, two]))
  assert.equal((await shop.send('DELETE', `${path}/customers`, { customer_ids: [two] })).status, 204)
  assert.deepEqual(await members(), new Set([one]))
  assert.equal((await shop.send('DELETE', path, {})).status, 204)
  const everyone = first(rowsIn(await shop.get('/customer_groups')))
  assert.equal(rowIn(await shop.get(`/customers/${one}`))['customer_group_id'], everyone['id'])
})

test('a brand that is deleted lets go of its products a little later, each with a new version', async () => {
  await using shop = await visit({ judgments: { disassociationDelayMs: 10 } })
  const product = first((await shop.walk('/products')).filter((row) => row['brand_id'] !== undefined))
  const before = await shop.walk('/products')
  const gone = await shop.send('DELETE', `/brands/${String(product['brand_id'])}`, {})
  assert.ok(isFields(gone.body['payload']))
  assert.equal((await shop.get(`/brands/${String(product['brand_id'])}`)).status, 404)
  await pause(60)
  const after = await shop.walk('/products')
  assert.deepEqual(new Set(after.map(({ id }) => id)), new Set(before.map(({ id }) => id)))
  const freed = first(after.filter(({ id }) => id === product['id']))
  assert.deepEqual([freed['brand_id'], freed['brand']], [undefined, {}])
  assert.ok(Number(freed['version']) > Number(product['version']))
})

test('labels are made and renamed, each answering in its own way, and no two share a name', async () => {
  await using shop = await visit()
  const tag = (await shop.send('POST', '/tags', { name: 'fresh' })).body['data']
  assert.equal((await shop.send('PUT', `/tags/${String(tag)}`, { name: 'fresher' })).body['data'], tag)
  assert.equal(rowIn(await shop.get(`/tags/${String(tag)}`))['name'], 'fresher')
  const supplier = (await shop.send('POST', '/suppliers', { name: 'Pipi Foods', contact: { phone: '09 555 1000' } }))
    .body['data']
  assert.equal((await shop.send('PUT', `/suppliers/${String(supplier)}`, { description: 'Fish' })).body['id'], supplier)
  assert.equal(rowIn(await shop.get(`/suppliers/${String(supplier)}`))['source'], 'USER')
  const attribute = await shop.send('POST', '/variant_attributes', { name: 'Length' })
  assert.equal(attribute.status, 201)
  const again = await shop.send('POST', '/variant_attributes', { name: 'Length' })
  assert.equal(again.status, 422)
  assert.deepEqual(again.body['fields'], { name: 'Already exists', name_existing_id: rowIn(attribute)['id'] })
  assert.equal((await shop.send('POST', '/brands', {})).status, 422)
})
