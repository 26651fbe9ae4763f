import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpoints } from './endpoints.ts'
import { holdsRecords, readContents } from './envelope.rules.ts'
import { pathOf, queryOf } from './path.rules.ts'

test('records are found in each of the wrappings that Lightspeed uses', () => {
  const milk = { id: 'milk' }
  assert.deepEqual(readContents({ data: [milk], version: { min: 3, max: 7 } }), { records: [milk], max: 7 })
  assert.deepEqual(readContents({ data: milk }), { records: [milk], max: null })
  assert.deepEqual(readContents([milk]), { records: [milk], max: null })
  assert.deepEqual(readContents(milk), { records: [milk], max: null })
})

test('the version of a page may come as text, and on the last page as nothing at all', () => {
  assert.equal(readContents({ data: [], version: { max: '4284638488' } }).max, 4_284_638_488)
  for (const version of [{ max: null }, { max: 0 }, {}, null, undefined]) {
    assert.deepEqual(readContents({ data: null, version }), { records: [], max: null })
  }
})

test('what is no record is handed on, so that it can be set aside with its reason', () => {
  assert.deepEqual(readContents({ data: [null, 7, 'milk'] }).records, [null, 7, 'milk'])
})

test('an answer that only looks empty is not taken for the end of a list', () => {
  assert.equal(holdsRecords({ data: [] }, true), true)
  for (const body of [undefined, null, 'ok', { message: 'ok' }]) assert.equal(holdsRecords(body, true), false)
  assert.equal(holdsRecords({ id: 'milk' }, false), true)
})

test('an id that would lead elsewhere never gets into an address', () => {
  const { path } = endpoints.consignment_products
  assert.deepEqual(pathOf(path, { id: 'c-1', after: 5 }), {
    path: '/api/2.0/consignments/c-1/products',
    rest: { after: 5 },
  })
  for (const id of ['', '..', 'a/b', 'a?b', '%2e%2e']) assert.throws(() => pathOf(path, { id }), TypeError)
  assert.equal(queryOf({ after: 0, deleted: true, name: 'a&b' }), '?after=0&deleted=true&name=a%26b')
})
