import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellOf, columnNamed, tellingColumns } from './row.columns.ts'

const rows = [
  {
    active: true,
    id: 'a1',
    raw: {},
    description: null,
    name: 'Green tea',
    sku: '10020',
    image: { url: 'x' },
    note: 'n'.repeat(60),
  },
  { active: false, id: 'b2', raw: {}, description: null, name: 'Milk', sku: '7', image: null, note: '' },
]

test('a list of rows begins with what people know a record by', () => {
  assert.deepEqual(tellingColumns(rows, Infinity), ['id', 'name', 'sku', 'active', 'note'])
})

test('no more columns are shown than fit, and never none', () => {
  assert.deepEqual(tellingColumns(rows, 60), ['id', 'name', 'sku', 'active', 'note'])
  assert.deepEqual(tellingColumns(rows, 30), ['id', 'name', 'sku', 'active'])
  assert.deepEqual(tellingColumns(rows, 20), ['id', 'name', 'sku'])
  assert.deepEqual(tellingColumns(rows, 12), ['id', 'sku'])
  assert.deepEqual(tellingColumns(rows, 1), ['id'])
})

test('a value is shown on one line, whatever it is', () => {
  const shown = [null, undefined, 'two\nlines', 3, false, ['a'], { b: 1 }].map(cellOf)
  assert.deepEqual(shown, ['', '', 'two lines', '3', 'false', '["a"]', '{"b":1}'])
})

test('a long name may be cut on a narrow terminal, an id never', () => {
  assert.deepEqual(
    [columnNamed('name').gives, columnNamed('id').gives, columnNamed('product_id').gives],
    [true, false, false],
  )
})
