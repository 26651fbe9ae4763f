import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { redrawn } from '../scripts/lifecycle-paper.ts'

const paper = readFileSync(join(import.meta.dirname, '../docs/lifecycle.md'), 'utf8')

test('the diagrams in the papers are the law; `npm run lifecycle` draws them anew', () => {
  assert.equal(paper, redrawn(paper))
})

test('a diagram that somebody drew by hand is noticed', () => {
  assert.notEqual(paper.replace('OPEN --> PACKING', 'OPEN --> SENT'), redrawn(paper))
  assert.throws(() => redrawn(paper.replace('<!-- drawn: STOCKTAKE -->', '')), /no place for "STOCKTAKE"/)
})
