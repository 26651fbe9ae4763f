import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { codesToFind, readBarcode, subjectOf } from './barcode.rules.ts'
import {
  asGtin14,
  checkDigitOf,
  compressUpcA,
  expandUpcE,
  hasTrueCheckDigit,
  isGtin,
  itemInCase,
} from './gtin.rules.ts'
import { readBracketed, readElements, separator } from './gs1.rules.ts'

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''))
const ended = ({ ai, value }: { ai: string; value: string }) =>
  /^(01|17|3103)$/.test(ai) ? `${ai}${value}` : `${ai}${value}${separator}`
const gtin14 = digits(13).map((body) => body + checkDigitOf(body))

test('the check digit of every length is the one that is printed', () => {
  const printed: readonly (readonly [string, string])[] = [
    ['942190296012', '3'],
    ['629104150021', '3'],
    ['400638133393', '1'],
    ['03600029145', '2'],
    ['00614141123456789', '0'],
    ['00614141000000001', '2'],
    ['34210000000000001', '7'],
    ['1061414100001', '9'],
  ]
  for (const [body, digit] of printed) assert.equal(checkDigitOf(body), digit, body)
})

test('one digit that was read wrong is always noticed', () => {
  fc.assert(
    fc.property(gtin14, fc.nat({ max: 13 }), fc.integer({ min: 1, max: 9 }), (gtin, at, by) => {
      assert.ok(isGtin(gtin))
      const wrong = (Number(gtin.charAt(at)) + by) % 10
      assert.equal(isGtin(`${gtin.slice(0, at)}${wrong}${gtin.slice(at + 1)}`), false)
    }),
  )
})

test('a UPC-E and its UPC-A lead to each other', () => {
  assert.equal(expandUpcE('04252614'), '042100005264')
  assert.equal(expandUpcE('01234530'), undefined)
  fc.assert(
    fc.property(fc.constantFrom('0', '1'), digits(6), digits(1), (system, six, check) => {
      const upcA = expandUpcE(`${system}${six}${check}`)
      if (upcA === undefined) return
      assert.ok(hasTrueCheckDigit(upcA))
      const again = compressUpcA(upcA)
      assert.ok(again !== undefined && expandUpcE(again) === upcA, `${system}${six}${check} ${upcA} ${again}`)
    }),
  )
})

test('the item in a case has the number of the case without its indicator', () => {
  assert.equal(itemInCase('19421902960120'), '9421902960123')
  assert.equal(itemInCase('09421902960123'), undefined)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), digits(12), (indicator, body) => {
      const gtin = `${indicator}${body}${checkDigitOf(`${indicator}${body}`)}`
      assert.equal(itemInCase(gtin), `${body}${checkDigitOf(body)}`)
    }),
  )
})

test('a label says the same whether scanned from bars, from a matrix, or typed with brackets', () => {
  const lot = fc.stringMatching(/^[A-Za-z0-9+./_-]{1,20}$/)
  const part = fc.oneof(
    gtin14.map((value) => ({ ai: '01', value })),
    lot.map((value) => ({ ai: '10', value })),
    lot.map((value) => ({ ai: '21', value })),
    digits(6).map((value) => ({ ai: '17', value })),
    digits(6).map((value) => ({ ai: '3103', value })),
    fc.integer({ min: 1, max: 99_999_999 }).map((value) => ({ ai: '37', value: String(value) })),
  )
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.constantFrom(']C1', ']d2', ']Q3'), (parts, sort) => {
      const line = parts.map(ended).join('')
      assert.deepEqual(readElements(line), { elements: parts })
      assert.deepEqual(readBracketed(parts.map(({ ai, value }) => `(${ai})${value}`).join('')), { elements: parts })
      assert.deepEqual(readBarcode(`${sort}${line}`).elements, parts)
    }),
  )
})

test('what cannot be a label is told apart, and never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => void readBarcode(text)))
  assert.match(readBarcode(']C10109421902960124').wrong ?? '', /check digit/)
  assert.match(readBarcode(']C105').wrong ?? '', /no application identifier begins with 05/)
  assert.match(readBarcode(']C10109').wrong ?? '', /14 digits/)
  assert.match(readBarcode('(02)09421902960123(37)0').wrong ?? '', /one or more/)
  assert.match(readBarcode('(01)09421902960123(10').wrong ?? '', /brackets/)
  assert.deepEqual(readBarcode('TEA-100').elements, [])
  assert.equal(readBarcode(']E09421902960123').gtin, '09421902960123')
})

test('a carton tells what is in it, how many, and what it weighs', () => {
  const carton = readBarcode('0209421902960123172612313724')
  assert.deepEqual([carton.gtin, carton.count], ['09421902960123', 24])
  const cheese = readBarcode(']d20109421902960123310300125010LOT7')
  assert.deepEqual([cheese.weightKg, subjectOf(cheese)], ['1.250', '09421902960123'])
  const pallet = readBarcode(']C100094210000000000011')
  assert.deepEqual([pallet.sscc, pallet.gtin], ['094210000000000011', null])
})

test('a number is looked for in all its lengths', () => {
  assert.deepEqual(codesToFind(readBarcode('042100005264')).itself, ['042100005264', '04252614'])
  assert.deepEqual(codesToFind(readBarcode('0042100005264')).itself, ['0042100005264', '04252614'])
  assert.deepEqual(codesToFind(readBarcode('04252614')).itself, ['04252614', '042100005264'])
  assert.equal(asGtin14('04252614'), '00000004252614')
})
