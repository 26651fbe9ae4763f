import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startConsign } from '#test/process.ts'

test('a data folder that may not be written is named with its cure, exit code 2', async () => {
  await using consign = startConsign(['start'], { CONSIGN_DATA_DIR: '/proc/consign' })
  assert.equal(await consign.exited, 2)
  assert.match(consign.printed(), /The data folder \/proc\/consign cannot be used: .*set CONSIGN_DATA_DIR/)
})

test('a full disk is named with its cure, exit code 2', async () => {
  using folder = newFolder()
  const preload = `--import ${join(import.meta.dirname, 'full-disk.ts')}`
  await using consign = startConsign(['start'], { CONSIGN_DATA_DIR: folder.path, NODE_OPTIONS: preload })
  assert.equal(await consign.exited, 2)
  assert.match(consign.printed(), /cannot be used: the disk is full: free some space, or set CONSIGN_DATA_DIR/)
})

test('a wrong setting is named with its cure, exit code 2, and nothing is begun', async () => {
  await using consign = startConsign(['start'], { PORT: 'three thousand', CONSIGN_DATA_DIR: '/proc/consign' })
  assert.equal(await consign.exited, 2)
  assert.match(consign.printed(), /PORT: give a port between 0 and 65535/)
})

test('a database that does not answer is named with its cure, exit code 2', async () => {
  using folder = newFolder()
  const settings = { CONSIGN_DATA_DIR: folder.path, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }
  await using consign = startConsign(['start'], settings)
  assert.equal(await consign.exited, 2)
  assert.match(consign.printed(), /The database of DATABASE_URL cannot be used: .*ECONNREFUSED/)
  assert.doesNotMatch(consign.printed(), /at .*\.ts:\d+/)
})

test('a port that is taken is named with its cure, exit code 2, and the database is stopped again', async () => {
  using folder = newFolder()
  const taken = createServer()
  await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening))
  using _ = { [Symbol.dispose]: () => void taken.close() }
  const address = taken.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  await using consign = startConsign(['start'], { CONSIGN_DATA_DIR: folder.path, PORT: port, SIM_SCALE: 'tiny' })
  assert.equal(await consign.exited, 2)
  assert.match(consign.printed(), new RegExp(`Port ${port} is taken by another program: set PORT`))
  assert.throws(() => writeFileSync(join(folder.path, 'postgres/postmaster.pid'), '', { flag: 'r+' }), /ENOENT/)
})

function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'consign-refused-'))
  chmodSync(path, 0o711)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
