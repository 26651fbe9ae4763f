import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ago, count, counted, cut, duration, oneLine, pad, widthOf, wrap } from './text.ts'

test('large numbers are parted so that they can be read aloud', () => {
  assert.equal(count(80_027_741), '80,027,741')
  assert.equal(count(7), '7')
  assert.equal(counted(1, 'record'), '1 record')
  assert.equal(counted(2000, 'entity', 'entities'), '2,000 entities')
})

test('a span of time is told as a person would', () => {
  const told = [0, 0.44, 9.94, 9.96, 59.4, 59.6, 60, 200, 3599.6, 7500, 86_400, 273_600].map(duration)
  assert.deepEqual(told, [
    '0.0 s',
    '0.4 s',
    '9.9 s',
    '10 s',
    '59 s',
    '1 min',
    '1 min',
    '3 min 20 s',
    '1 h',
    '2 h 5 min',
    '1 d',
    '3 d 4 h',
  ])
})

test('how long ago something was has no odd fractions, and never lies in the future', () => {
  const now = new Date('2026-11-21T10:00:00Z')
  assert.equal(ago('2026-11-21T09:59:56.400Z', now), '4 s ago')
  assert.equal(ago('2026-11-21T08:00:00Z', now), '2 h ago')
  assert.equal(ago('2026-11-21T10:00:03Z', now), 'just now')
})

test('names in any script, and colours, do not push a column out of its place', () => {
  assert.equal(widthOf('Whāngārei'), 9)
  assert.equal(widthOf('抹茶'), 4)
  assert.equal(widthOf('👩‍👩‍👧'), 2)
  assert.equal(widthOf('\u001b[31mred\u001b[39m'), 3)
  assert.equal(pad('抹茶', 6), '抹茶  ')
  assert.equal(pad('12', 4, 'right'), '  12')
  assert.equal(cut('抹茶ラテ', 5), '抹茶…')
  assert.equal(cut('Rimu Kitchen', 12), 'Rimu Kitchen')
})

test('a long sentence breaks between words', () => {
  assert.deepEqual(wrap('one two three four', 9), ['one two', 'three', 'four'])
  assert.deepEqual(wrap('first\nsecond', 80), ['first', 'second'])
  assert.deepEqual(wrap('immeasurable', 5), ['immeasurable'])
})

test('a product name cannot move the cursor or clear the screen', () => {
  assert.equal(oneLine('Tea\u001b[2J\u0007 green\r\nleaf'), 'Tea green leaf')
})
