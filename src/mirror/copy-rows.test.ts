import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesOf, firstRecord, gatherRows, halvesOf, type Rows } from './copy-rows.ts'
import { columnsOf, readRecords } from './reading.ts'
import { entityNamed } from './tables.ts'

const products = entityNamed('products')

test('a record that the database refuses is found by halving, and put aside as it came', () => {
  const sent = [
    tea(1),
    { ...tea(2), name: 'tab\there, back\\slash, \\N, new\nline', note: null },
    tea(3),
    tea(4),
    tea(5),
  ]
  const { rows } = readRecords(products, sent)
  const [early, late] = halvesOf(rows)
  assert.deepEqual([early.count, late.count], [3, 2])
  const [, second] = halvesOf(firstOf(halvesOf(early)))
  assert.deepEqual(firstRecord(second, columnsOf(products), products.key), { recordId: 'tea-2', source: sent[1] })
})

test('halves of a page hold all of its lines, those of its lists beside their owners', () => {
  const sent = [tea(1, ['a', 'b']), tea(2), tea(3, ['c']), tea(4, ['d', 'e', 'f']), tea(5)]
  const page = readRecords(products, sent).rows
  const both = gatherRows([page, readRecords(products, [tea(6, ['g'])]).rows])
  assert.equal(both.count, 6)
  const [early, late] = halvesOf(both)
  assert.deepEqual(codesOf(early), ['a', 'b', 'c'])
  assert.deepEqual(codesOf(late), ['d', 'e', 'f', 'g'])
  assert.equal(bytesOf(early) + bytesOf(late), bytesOf(both))
})

function tea(number: number, codes: string[] = []) {
  return { id: `tea-${number}`, name: `Tea ${number}`, version: number, product_codes: codes.map((code) => ({ code })) }
}

function firstOf([first]: [Rows, Rows]): Rows {
  return first
}

function codesOf({ lists }: Rows): string[] {
  const lines = Buffer.concat(lists[0]?.lines ?? []).toString()
  return [...lines.matchAll(/"code":"(\w)"/g)].map(([, code]) => code ?? '')
}
