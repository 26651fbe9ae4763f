import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layOut } from '../../web/ui/json.rules.ts'

process.env['TZ'] = 'Pacific/Auckland'
const { cellOf, columnsOf, keyOf } = await import('../../web/mirror/columns.rules.ts')

const uuid = '0af7b240-abe3-11e7-eddc-9f0a1b2c3d4e'

test('a list of rows begins with what people call them, and leaves out what is empty or long', () => {
  const row = {
    id: uuid,
    brand_id: uuid,
    description: '<p>Long</p>',
    price: '4.50',
    sku: '10',
    name: 'Tea',
    weight: null,
  }
  assert.deepEqual(columnsOf([{ ...row, raw: { id: uuid }, version: 7, tag_ids: [] }]), [
    'name',
    'sku',
    'price',
    'brand_id',
  ])
})

test('rows without a name are told apart by their ids', () => {
  const level = { id: uuid, inventory_level: '3', product_id: `1${uuid.slice(1)}`, outlet_id: `2${uuid.slice(1)}` }
  assert.deepEqual(columnsOf([level]), ['id', 'product_id', 'outlet_id', 'inventory_level'])
  assert.equal(keyOf(level), uuid)
  assert.equal(keyOf({ sale_id: uuid, position: 2, price: '1' }), '0af7b240… 2')
})

test('a column that only repeats another is left out', () => {
  const sale = { id: uuid, receipt_number: 'R1', invoice_number: 'R1', status: 'CLOSED', state: 'closed' }
  assert.deepEqual(columnsOf([sale]), ['receipt_number', 'status'])
})

test('a cell shows times to the minute by the reader’s clock and ids by their beginning', () => {
  const cells = [null, true, 12, '12.50', uuid, '2026-11-21T08:12:13.000Z', { a: 1 }].map(cellOf)
  assert.deepEqual(cells, ['', 'yes', '12', '12.50', '0af7b240…', '2026-11-21 21:12', '{"a":1}'])
})

test('what Lightspeed sent is laid out without losing a digit', () => {
  const sent = '{"price":12.500000000000000001,"name":"a, {b}: \\"c\\"","none":[],"lines":[{"quantity":1}]}'
  const laid = [
    '{',
    '  "price": 12.500000000000000001,',
    '  "name": "a, {b}: \\"c\\"",',
    '  "none": [],',
    '  "lines": [',
    '    {',
    '      "quantity": 1',
    '    }',
    '  ]',
    '}',
  ]
  assert.equal(layOut(sent), laid.join('\n'))
})

test('what is no JSON at all can be read as well', () => {
  assert.equal(layOut('42'), '42')
  assert.match(layOut('<html>502</html>'), /502/)
})
