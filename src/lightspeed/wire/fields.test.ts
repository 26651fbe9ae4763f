import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { z } from 'zod'
import {
  boolean,
  decimal,
  integer,
  json,
  key,
  kindOf,
  quantity,
  reference,
  text,
  timestamp,
  version,
} from './fields.ts'

test('a price keeps every digit that Lightspeed sent, however long', () => {
  const digits = fc.tuple(
    fc.constantFrom('', '-'),
    fc.stringMatching(/^\d{1,40}$/),
    fc.stringMatching(/^(\.\d{1,40})?$/),
  )
  fc.assert(
    fc.property(digits, ([sign, whole, fraction]) => {
      const sent = `${sign}${whole}${fraction}`
      assert.equal(decimal().parse(sent), sent)
      assert.equal(decimal().parse(` ${sent} `), sent)
      assert.equal(quantity().parse(sent), sent)
      assert.equal(decimal().parse(JSON.rawJSON(`${sign}7${fraction}`)), `${sign}7${fraction}`)
    }),
    { seed: 1 },
  )
})

test('a price sent as a number reads as that number and no other', () => {
  const numbers = fc.double({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(numbers, (sent) => assert.equal(Number(decimal().parse(sent)), sent + 0)),
    { seed: 1 },
  )
})

test('a price that is no number is left empty, a stock level that is none refuses its record', () => {
  for (const nonsense of [
    'twelve',
    '1,50',
    '1.2.3',
    '0x10',
    'NaN',
    'Infinity',
    '--1',
    '1e',
    true,
    [1],
    { amount: 1 },
  ]) {
    assert.equal(decimal().parse(nonsense), null)
    const refused = z.object({ inventory_level: quantity() }).safeParse({ inventory_level: nonsense })
    assert.deepEqual(
      refused.error?.issues.map(({ path, message }) => [path.join('.'), message]),
      [['inventory_level', 'is not a quantity']],
    )
  }
})

test('nothing sent is nothing, not zero', () => {
  for (const nothing of [undefined, null, '', {}, []]) {
    assert.equal(decimal().parse(nothing), null)
    assert.equal(quantity().parse(nothing), null)
  }
  const record = z
    .object({ a: reference(), b: text(), c: boolean(), d: timestamp(), e: json(), f: integer() })
    .parse({})
  assert.deepEqual(record, { a: null, b: null, c: null, d: null, e: null, f: null })
})

test('a brand written as {} or as empty text is no brand', () => {
  assert.equal(reference().parse({}), null)
  assert.equal(reference().parse(''), null)
  assert.equal(reference().parse('brand-7'), 'brand-7')
  assert.equal(reference().parse(7), '7')
})

test('an id may come as a number, but it must come', () => {
  assert.equal(key().parse('till-1'), 'till-1')
  assert.equal(key().parse(104), '104')
  assert.equal(key().parse(JSON.rawJSON('90071992547409931234')), '90071992547409931234')
  for (const none of [undefined, null, '', {}, []]) assert.equal(key().safeParse(none).success, false)
})

test('a version counts far beyond 32 bits, and is 0 where a collection has none', () => {
  assert.equal(version().parse(61_204_553_918), 61_204_553_918)
  assert.equal(version().parse('61204553918'), 61_204_553_918)
  assert.equal(version().parse(undefined), 0)
  assert.equal(version().parse(null), 0)
  for (const wrong of [-1, 1.5, 'new', '', {}, 2 ** 53]) assert.equal(version().safeParse(wrong).success, false)
})

test('a whole number may come as text, with the decimals that say nothing', () => {
  for (const sent of [1708, '1708', ' 1708 ', '1708.00000', '+1708', JSON.rawJSON('1708.000000000000000000')]) {
    assert.equal(integer().parse(sent), 1708)
  }
  assert.equal(Object.is(integer().parse('-0'), 0), true)
  for (const other of ['17.08', 17.08, 'A1708', '90071992547409931234', true])
    assert.equal(integer().parse(other), null)
})

test('yes and no come as words, digits and truth values', () => {
  for (const yes of [true, 1, '1', 'true']) assert.equal(boolean().parse(yes), true)
  for (const no of [false, 0, '0', 'false']) assert.equal(boolean().parse(no), false)
  for (const neither of ['maybe', 2, '', null]) assert.equal(boolean().parse(neither), null)
})

test('a name that came as a number or a truth value is still a name', () => {
  assert.equal(text().parse(750), '750')
  assert.equal(text().parse(false), 'false')
  assert.equal(text().parse(''), '')
  assert.equal(text().parse({ en: 'Tea' }), null)
})

test('what is kept as JSON is kept whole, digits included', () => {
  const rates = [{ id: 'gst', rate: JSON.rawJSON('0.150000000000000000001') }]
  assert.equal(JSON.stringify(json().parse(rates)), '[{"id":"gst","rate":0.150000000000000000001}]')
  assert.deepEqual(json().parse({}), {})
})

test('every way of writing a moment reads as that moment', () => {
  const moments = fc.date({
    min: new Date('1000-01-01T00:00:00Z'),
    max: new Date('2999-12-30T00:00:00Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(moments, (moment) => {
      const iso = moment.toISOString()
      const seconds = iso.slice(0, 19)
      const auckland = new Date(moment.getTime() + 13 * 3_600_000).toISOString().slice(0, 19)
      assert.equal(instant(iso), moment.getTime())
      assert.equal(instant(`${seconds}+00:00`), Date.parse(`${seconds}Z`))
      assert.equal(instant(seconds.replace('T', ' ')), Date.parse(`${seconds}Z`))
      assert.equal(instant(`${auckland}+1300`), Date.parse(`${seconds}Z`))
      assert.equal(instant(iso.slice(0, 10)), Date.parse(iso.slice(0, 10)))
    }),
    { seed: 1 },
  )
})

test('the three ways of Lightspeed, and a plain date, become one', () => {
  assert.equal(timestamp().parse('2026-03-09T21:15:40+00:00'), '2026-03-09T21:15:40+00:00')
  assert.equal(timestamp().parse('2026-03-09T21:15:40.123456Z'), '2026-03-09T21:15:40.123456Z')
  assert.equal(timestamp().parse('2026-03-09 21:15:40'), '2026-03-09T21:15:40Z')
  assert.equal(timestamp().parse('2026-03-09'), '2026-03-09T00:00:00Z')
})

test('a moment that the calendar does not know is no moment', () => {
  const impossible = [
    '0000-00-00 00:00:00',
    '-0001-11-30T00:00:00+00:00',
    '2026-02-30',
    '2025-02-29T10:00:00Z',
    '2026-13-01',
  ]
  const garbled = [
    '2026-01-01T24:00:00Z',
    '2026-01-01T10:00:541+00:00',
    '2026-01-01 (noon)',
    'yesterday',
    '',
    1_767_225_600,
  ]
  for (const wrong of [...impossible, ...garbled]) assert.equal(timestamp().parse(wrong), null)
  assert.equal(timestamp().parse('2024-02-29'), '2024-02-29T00:00:00Z')
})

test('each field tells its kind, so that its column can be made', () => {
  assert.deepEqual([key(), reference(), quantity(), json()].map(kindOf), ['id', 'id', 'quantity', 'json'])
  assert.equal(kindOf(z.string()), undefined)
})

function instant(sent: string): number {
  const read = timestamp().parse(sent)
  assert.ok(read !== null, `${sent} was not read`)
  return Date.parse(read)
}
