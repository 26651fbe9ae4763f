import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { readCsv } from './csv.ts'

const sure = { seed: 7, numRuns: 300 }
const separator = fc.constantFrom(',', ';', '\t')
const newline = fc.constantFrom('\n', '\r\n', '\r')
const cell = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('', ' ', '"', '""', ',', ';', '\t', '\n', '\r\n', 'a"b', ' tea ', '日本', '1,5', '=1+1'),
)
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })

test('whatever is written as CSV is read as it was, with any separator, line end and byte-order mark', () => {
  const head = ['SKU', 'Quantity']
  fc.assert(
    fc.property(
      fc.record({ rows: table, by: separator, end: newline, hasMark: fc.boolean(), isClosed: fc.boolean() }),
      (file) => {
        const { rows, by, end, hasMark, isClosed } = file
        const text = [head, ...rows].map((cells) => cells.map((one) => quoted(one, by)).join(by)).join(end)
        const read = readCsv(`${hasMark ? '\uFEFF' : ''}${text}${isClosed ? end : ''}`)
        assert.ok('rows' in read)
        const kept = rows
          .map((cells, at) => ({ row: at + 2, cells }))
          .filter(({ cells }) => cells.some((one) => one.trim()))
        assert.deepEqual(read.rows, [{ row: 1, cells: head }, ...kept])
      },
    ),
    sure,
  )
})

test('whatever text comes, it is read or refused in words, and ends', () => {
  const sign = fc.constantFrom('"', ',', ';', '\t', '\n', '\r', 'a', ' ', '\uFEFF', 'sep=')
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 30 }), (signs) => {
      const read = readCsv(signs.join(''))
      if ('wrong' in read) assert.ok(read.row >= 1 && read.wrong.length > 5)
      else assert.ok(read.rows.every(({ row, cells }) => row >= 1 && cells.length > 0))
    }),
    sure,
  )
})

test('a quote that is never closed, and text behind a closed one, are refused with their row', () => {
  assert.deepEqual(readCsv('sku,quantity\ntea,1\n"milk,2'), { row: 3, wrong: 'a quote is opened and never closed' })
  const read = readCsv('sku,quantity\n"tea"x,1')
  assert.ok('wrong' in read && read.row === 2 && /behind a closing quote/.test(read.wrong))
})

test('what a spreadsheet says about itself is obeyed, and empty lines keep the numbers of the others', () => {
  assert.deepEqual(readCsv('sep=;\r\nsku;quantity\r\n\r\n;\r\ntea;1,5\r\n'), {
    rows: [
      { row: 2, cells: ['sku', 'quantity'] },
      { row: 5, cells: ['tea', '1,5'] },
    ],
  })
  assert.deepEqual(readCsv('"a;b";c\n1;2'), {
    rows: [
      { row: 1, cells: ['a;b', 'c'] },
      { row: 2, cells: ['1', '2'] },
    ],
  })
  assert.deepEqual(readCsv(''), { rows: [] })
})

/** In quotes where it must be, as RFC 4180 has it. */
function quoted(text: string, by: string): string {
  return /["\r\n]/.test(text) || text.includes(by) ? `"${text.replaceAll('"', '""')}"` : text
}
