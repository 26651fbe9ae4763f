import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { findOccupant, occupy } from './occupancy.ts'

test('a second start on the same data folder is told who is there and where', () => {
  using folder = newFolder()
  const occupancy = occupy(folder.path)
  occupancy.announce('http://localhost:3000')
  assert.throws(() => occupy(folder.path), /already runs.*http:\/\/localhost:3000.*process \d+/)
  assert.equal(findOccupant(folder.path)?.url, 'http://localhost:3000')
  occupancy.leave()
  assert.equal(findOccupant(folder.path), undefined)
})

test('what a killed one left behind keeps nobody out, even when its number lives on in another process', () => {
  using folder = newFolder()
  writeFileSync(
    join(folder.path, 'server.json'),
    JSON.stringify({ pid: 4_194_303, born: '1', url: 'http://localhost:1' }),
  )
  occupy(folder.path).leave()
  writeFileSync(
    join(folder.path, 'server.json'),
    JSON.stringify({ pid: process.pid, born: '1', url: 'http://localhost:1' }),
  )
  occupy(folder.path).leave()
  writeFileSync(join(folder.path, 'server.json'), '{"pid":')
  occupy(folder.path).leave()
})

function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'consign-occupancy-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
