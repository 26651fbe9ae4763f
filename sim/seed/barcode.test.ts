import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as always, integer, nat, property } from 'fast-check'
import { listIn } from '../body.ts'
import { readScale } from '../scale.ts'
import { checkDigit, ean13, itf14, upcA } from './barcode.ts'
import { openSeed } from './seed.ts'

/** The weighted sum of a whole barcode, from the right: 1, 3, 1, 3 … */
const sumOf = (code: string): number =>
  Array.from(code, Number)
    .toReversed()
    .reduce((sum, digit, at) => sum + digit * (at % 2 === 0 ? 1 : 3), 0)

test('a check digit makes the weighted sum of any barcode a multiple of ten', () => {
  always(
    property(nat({ max: 9_999_999_999 }), integer({ min: 1, max: 8 }), (number, indicator) => {
      for (const code of [ean13(number), upcA(number), itf14(ean13(number), indicator)])
        assert.equal(sumOf(code) % 10, 0)
    }),
  )
})

test('barcodes printed on real goods have the digit that we compute', () => {
  assert.equal(checkDigit('400638133393'), '1')
  assert.equal(checkDigit('03600029145'), '2')
  assert.equal(checkDigit('1540014128876'), '3')
})

test('every barcode in the shop can be scanned: right length, right check digit, no two products alike', () => {
  const seed = openSeed(1, readScale('shop'))
  const lengths: { [type: string]: number } = { EAN: 13, UPC: 12, ITF: 14 }
  const seen = new Set<string>()
  for (let index = 0; index < seed.count('products'); index++) {
    for (const { type, code } of listIn(seed.row('products', index)['product_codes'])) {
      const text = String(code)
      assert.ok(!seen.has(text), text)
      seen.add(text)
      if (type === 'CUSTOM') continue
      assert.equal(text.length, lengths[String(type)])
      assert.equal(sumOf(text) % 10, 0)
    }
  }
})
