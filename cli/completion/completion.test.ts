import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { typeCommand } from '#test/terminal.ts'
import { loadCommands } from '../registry.ts'
import { candidatesFor } from './line.candidates.ts'

const commands = await loadCommands()
const words = (line: string) => candidatesFor(line, commands).map(({ word }) => word)

test('a shell offers what may come next', () => {
  assert.deepEqual(words('consign he'), ['health', 'help'])
  assert.deepEqual(words('consign health '), ['check', 'api', 'queue', 'database', 'alerts', 'acknowledge'])
  assert.deepEqual(words('consign health:da'), ['health:database'])
  assert.deepEqual(words('consign sync pro'), ['products'])
  assert.deepEqual(words('consign sync a'), ['all'])
  assert.deepEqual(words('consign sync:pri'), ['sync:price-books', 'sync:price-book-products'])
  assert.deepEqual(words('consign sync all --s'), ['--since', '--status'])
  assert.deepEqual(words('consign audit rejected price-book-'), ['price-book-products'])
  assert.deepEqual(words('consign audit:rejected price-book-'), ['price-book-products'])
  assert.deepEqual(words('consign util cursor --re'), ['--reset'])
  assert.deepEqual(words('consign completion '), ['bash', 'zsh', 'fish'])
  assert.deepEqual(words('consign help test '), ['connection', 'auth', 'endpoints', 'sync'])
  assert.deepEqual(words('consign banana '), [])
  assert.ok(words('consign ').includes('sync'))
})

test('the completion of bash works in a real bash, colons and all', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'consign-completion-'))
  const launcher = join(import.meta.dirname, '../consign')
  chmodSync(launcher, 0o755)
  symlinkSync(launcher, join(folder, 'consign'))
  const ask = `eval "$(consign completion bash)"
    for line; do COMP_LINE=$line; COMP_POINT=\${#line}; _consign; echo "\${COMPREPLY[*]}"; done`
  const args = ['--norc', '-c', ask, 'bash', 'consign sync pay', 'consign sync:pay', 'consign health:']
  try {
    const env = { PATH: `${folder}:/usr/bin:/bin` }
    const offered = execFileSync('bash', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
    assert.deepEqual(offered.trimEnd().split('\n'), [
      'payment-types',
      'payment-types',
      'check api queue database alerts acknowledge',
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('each shell has its script, and another is refused by name', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { exitCode, stdout } = await typeCommand(`completion ${shell}`)
    assert.equal(exitCode, 0)
    assert.match(stdout, /consign completion candidates/)
  }
  const { exitCode, stderr } = await typeCommand('completion tcsh')
  assert.equal(exitCode, 2)
  assert.match(stderr, /no completion for "tcsh"\. There are: bash, zsh, fish/)
})
