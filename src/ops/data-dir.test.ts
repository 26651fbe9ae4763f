import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { keepSecret, openDataDir } from './data-dir.ts'

test('a data folder that cannot be written is named with the cure', () => {
  using folder = newFolder()
  const file = join(folder.path, 'a-file')
  writeFileSync(file, '')
  assert.throws(() => openDataDir(file), /data folder .*a-file cannot be used: .*set CONSIGN_DATA_DIR/)
  assert.throws(() => openDataDir(join(file, 'below')), /set CONSIGN_DATA_DIR/)
  assert.throws(() => openDataDir('/proc/consign'), /set CONSIGN_DATA_DIR/)
})

test('a secret is made once and read by its owner only', () => {
  using folder = newFolder()
  const first = keepSecret(folder.path, 'admin-token')
  const second = keepSecret(folder.path, 'admin-token')
  assert.deepEqual([first.isNew, second.isNew], [true, false])
  assert.equal(second.value, first.value)
  assert.match(first.value, /^[0-9a-f]{64}$/)
  assert.equal(statSync(first.file).mode & 0o777, 0o600)
})

function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'consign-data-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
