import assert from 'node:assert/strict'
import { test } from 'node:test'
import { common, flag, names, readLine, repeated, text, wholeNumber } from './options.ts'

const options = {
  ...common,
  full: flag('Everything'),
  limit: wholeNumber('<n>', 'At most', [1, 1000]),
  since: text('<when>', 'From', (given) => (given.startsWith('2') ? undefined : 'give a date')),
  entity: names('<a,b>', 'Only these'),
}
const read = (line: string) => readLine(line === '' ? [] : line.split(' '), options)

test('options are read with or without an equals sign, before or behind the words', () => {
  const { words, values } = read('--limit=5 products --full --since 2026-11-01 --entity=sales,customers')
  assert.deepEqual(words, ['products'])
  const given = { json: false, help: false, full: true, limit: 5, since: '2026-11-01', entity: ['sales', 'customers'] }
  assert.deepEqual(values, given)
  const { full, limit, since, entity } = read('').values
  assert.deepEqual([full, limit, since, entity], [false, undefined, undefined, undefined])
  assert.deepEqual(read('-- --full').words, ['--full'])
})

test('an option that is wrong is named, with what it should be', () => {
  const told: [string, RegExp][] = [
    ['--limit x', /^--limit: give a whole number from 1 to 1,000, not "x"$/],
    ['--limit 0', /^--limit: give a whole number from 1 to 1,000, not "0"$/],
    ['--limit 1e3', /^--limit: /],
    ['--limit=-5', /^--limit: .* not "-5"$/],
    ['--limit', /^--limit needs a value: --limit <n>$/],
    ['--limit --full', /^--limit needs a value/],
    ['--since yesterday', /^--since: give a date$/],
    ['--since=', /^--since: give a value$/],
    ['--entity=sales,', /^--entity: give names parted by commas/],
    ['--full=yes', /^--full is a switch: leave "=yes" away$/],
    ['--limit 1 --limit 2', /^--limit is there twice$/],
    ['--entitty=sales', /^There is no option --entitty\. Did you mean --entity\?$/],
    ['--colour', /^There is no option --colour$/],
    ['-x', /^There is no option -x$/],
  ]
  for (const [line, message] of told) assert.throws(() => read(line), { kind: 'not_valid', code: 'wrong_use', message })
})

test('an option that may be repeated keeps all that was typed, in its order', () => {
  const many = { scan: repeated('<code=quantity>', 'What was scanned') }
  const typed = (...argv: string[]) => readLine(argv, many).values.scan
  assert.deepEqual(typed('--scan', 'TEA=2', '--scan=MILK', '--scan', 'TEA=-1'), ['TEA=2', 'MILK', 'TEA=-1'])
  assert.deepEqual(typed(), [])
  assert.throws(() => typed('--scan'), { message: '--scan needs a value: --scan <code=quantity>' })
})
