import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandNames } from './registry.ts'
import { understand } from './understand.ts'

const read = (line: string) => understand(line.split(' '), commandNames)

test('a colon between noun and verb says the same as a blank', () => {
  for (const line of ['audit sync-status --json', 'audit:sync-status --json', '--json audit:sync-status']) {
    assert.deepEqual(read(line), { kind: 'command', name: 'audit sync-status', rest: ['--json'] })
  }
  const sync = { kind: 'command', name: 'sync', rest: ['products', '--since', '2026-11-01T09:00:00Z'] }
  assert.deepEqual(read('sync products --since 2026-11-01T09:00:00Z'), sync)
  assert.deepEqual(read('sync:products --since 2026-11-01T09:00:00Z'), sync)
})

test('help can be asked for in every way that people try', () => {
  for (const line of ['--help', '-h', 'help', '--help --json']) {
    assert.deepEqual(read(line), { kind: 'help', topic: [] }, line)
  }
  for (const line of [
    'util cursor --help',
    'util:cursor -h',
    'help util cursor',
    'help util:cursor',
    '--help util cursor',
  ]) {
    assert.deepEqual(read(line), { kind: 'help', topic: ['util cursor'] }, line)
  }
  for (const line of ['audit --help', 'help audit'])
    assert.deepEqual(read(line), { kind: 'help', topic: ['audit'] }, line)
  for (const line of ['sync products --help', 'help sync products', 'sync -h']) {
    assert.deepEqual(read(line), { kind: 'help', topic: ['sync'] }, line)
  }
  assert.deepEqual(understand([], commandNames), { kind: 'help', topic: [] })
  assert.deepEqual(read('--version'), { kind: 'version' })
})

test('a word that is nearly right is answered with the right one', () => {
  const told: [string, RegExp][] = [
    ['snyc products', /no command "snyc". Did you mean "sync"\?/],
    ['heatlh check', /Did you mean "health"\?/],
    ['audit sync-statu', /no command "audit sync-statu". Did you mean "audit sync-status"\?/],
    ['help utl', /Did you mean "util"\?/],
    ['comp bash', /Did you mean "completion"\?/],
    ['banana', /no command "banana". There are: start, server, worker, .*sync, audit/],
    ['audit', /"consign audit" needs one more word. There are: audit sync-status, /],
    ['audit --json', /"consign audit" needs one more word/],
    ['--ful', /no option --ful without a command/],
  ]
  for (const [line, message] of told) assert.throws(() => read(line), { kind: 'not_valid', message })
})
