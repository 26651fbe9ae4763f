import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { beginBackup, listBackups, newestIn } from './folder.ts'

const second = new Date('2026-11-21T02:00:00Z')

test('of backups made within one second the newest is the last, also when the first of them is gone', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'consign-folder-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const first = beginBackup(folder, second).finish()
  const next = beginBackup(folder, second).finish()
  rmSync(first, { recursive: true })
  const newest = beginBackup(folder, second).finish()
  assert.deepEqual(listBackups(folder), [next, newest])
  assert.equal(newestIn(folder), newest)
  assert.equal(newestIn(newest), newest)
})
