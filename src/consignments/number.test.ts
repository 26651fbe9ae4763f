import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { types } from './lifecycle.rules.ts'
import { documentNumber, monthOf, readNumber, type NumberParts } from './number.rules.ts'

const anyParts: fc.Arbitrary<NumberParts> = fc.record({
  type: fc.constantFrom(...types),
  month: fc
    .tuple(fc.integer({ min: 2020, max: 2099 }), fc.integer({ min: 1, max: 12 }))
    .map(([year, month]) => `${year}${String(month).padStart(2, '0')}`),
  sequence: fc.integer({ min: 1, max: 99_999_999 }),
})

const asTyped = ['TR-STK-202611-000123-61', 'tr-stk-202611-000123-61', 'TRSTK20261100012361', ' tr stk 202611 123 61 ']
const alsoTyped = [
  'TR–STK–202611–000123–61',
  'TR-STK-2O26II-OOOl23-6l',
  'tr.stk.202611.000123.61',
  'TR_STK_202611_000123_61',
]

test('a number is understood however it is typed', () => {
  for (const typed of [...asTyped, ...alsoTyped]) {
    const read = readNumber(typed)
    assert.deepEqual(read, {
      number: 'TR-STK-202611-000123-61',
      parts: { type: 'OUTLET_TRANSFER', month: '202611', sequence: 123 },
    })
  }
})

test('what is no number is told so, and not taken for a mistyped one', () => {
  const wrong = ['', '123', 'TR-STK', 'XX-STK-202611-000123-61', 'TR-STK-202613-000123-61', 'TR-STK-202611-000000-10']
  for (const typed of wrong) assert.match(wrongIn(typed), /no document number/, typed)
})

test('every number reads back as it was made', () => {
  fc.assert(
    fc.property(anyParts, (made) => {
      const parts = { ...made }
      const number = documentNumber(parts)
      assert.match(number, /^[A-Z]{2}-STK-\d{6}-\d{6,}-\d\d$/)
      assert.deepEqual(readNumber(number), { number, parts })
      assert.deepEqual(readNumber(number.replaceAll('-', '').toLowerCase()), { number, parts })
    }),
  )
})

test('one digit mistyped is always noticed, and so are two neighbours that changed places', () => {
  fc.assert(
    fc.property(anyParts, fc.nat(), fc.integer({ min: 1, max: 9 }), (parts, place, shift) => {
      const number = documentNumber(parts)
      const digits = [...number.matchAll(/\d/g)].map(({ index }) => index)
      const at = digits[place % digits.length] ?? 0
      const other = (Number(number[at]) + shift) % 10
      assert.ok('wrong' in readNumber(`${number.slice(0, at)}${other}${number.slice(at + 1)}`))
      const next = digits[(place % (digits.length - 1)) + 1] ?? 0
      const before = digits[place % (digits.length - 1)] ?? 0
      if (number[next] === number[before]) return
      const swapped = number
        .split('')
        .with(before, number[next] ?? '')
        .with(next, number[before] ?? '')
        .join('')
      assert.ok('wrong' in readNumber(swapped), swapped)
    }),
    { numRuns: 3000 },
  )
})

test('the month is the one where the document is made', () => {
  const moment = new Date('2026-10-31T20:00:00Z')
  assert.deepEqual(
    ['Pacific/Auckland', 'UTC', 'America/Lima', 'Nowhere/Land', ''].map((zone) => monthOf(moment, zone)),
    ['202611', '202610', '202610', '202610', '202610'],
  )
})

function wrongIn(typed: string): string {
  const read = readNumber(typed)
  return 'wrong' in read ? read.wrong : assert.fail(`${typed} is a number`)
}
