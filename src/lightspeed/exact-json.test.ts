import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseExact, survives } from './exact-json.ts'

test('a price that a computer number cannot hold keeps every digit', () => {
  const page = '{"price":12345678901234567.89,"tax":0.15,"big":9007199254740993,"note":"12345678901234567"}'
  assert.equal(JSON.stringify(parseExact(page)), page)
  assert.deepEqual(parseExact('{"tax":0.15,"level":-3}'), { tax: 0.15, level: -3 })
})

test('long digits that a computer number does hold stay plain numbers', () => {
  assert.deepEqual(parseExact('{"cost":[3.3333333333333335, 60.00000000000000000000]}'), {
    cost: [3.3333333333333335, 60],
  })
  assert.equal(survives('0.1000000000000000055'), false)
  assert.equal(survives('-0.10000000000000000000'), true)
})

test('what is no JSON is refused', () => {
  for (const text of ['', '{"data":[', '<html>', '{"a":1}{', '[12345678901234567890']) {
    assert.throws(() => parseExact(text), SyntaxError)
  }
})

test('any number, wherever it stands, is read without losing a digit', () => {
  const digits = fc.stringMatching(/^-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,2})?$/)
  const padding = fc.string({ maxLength: 40 })
  fc.assert(
    fc.property(digits, padding, fc.boolean(), (literal, before, spaced) => {
      const json = `{"before":${JSON.stringify(before)},"number":${spaced ? ' ' : ''}${literal}}`
      const read = numberOf(parseExact(Buffer.from(json)))
      assert.ok(JSON.isRawJSON(read) ? read.rawJSON === literal : sameDecimal(Number(read), literal))
    }),
    { numRuns: 2000 },
  )
})

test('any value that JSON.parse understands comes out the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.stringify(value)
      assert.deepEqual(parseExact(json), JSON.parse(json))
    }),
  )
})

function numberOf(record: unknown): unknown {
  return typeof record === 'object' && record !== null && 'number' in record ? record.number : undefined
}

/** Compares by whole-number arithmetic, so that no rounding can hide a lost digit. */
function sameDecimal(number: number, literal: string): boolean {
  return scaled(String(number)) === scaled(literal)
}

function scaled(literal: string): bigint {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  return BigInt(`${whole}${fraction}`) * 10n ** BigInt(200 + Number(exponent) - fraction.length)
}
