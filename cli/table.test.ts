import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPaper } from '#test/terminal.ts'
import { screenOn } from './screen.ts'
import { table, type Column } from './table.ts'
import { widthOf } from './text.ts'

const columns: Column[] = [
  { title: 'Name', gives: true },
  { title: 'Level', align: 'right' },
]
const rows = [
  ['Rimu Kitchen Unscented Glass Cleaner', '1,204'],
  ['Tea', '-3'],
]

test('in a pipe a table keeps every letter', () => {
  const drawn = table(screenOn(openPaper(), {}), columns, rows).split('\n')
  assert.deepEqual(drawn, [
    'Name                                  Level',
    'Rimu Kitchen Unscented Glass Cleaner  1,204',
    'Tea                                      -3',
  ])
})

test('on a narrow terminal long names are cut, and numbers never', () => {
  const drawn = table(screenOn(openPaper(24), { NO_COLOR: '1' }), columns, rows).split('\n')
  assert.deepEqual(drawn, ['Name               Level', 'Rimu Kitchen Unsc… 1,204', 'Tea                   -3'])
  for (const line of drawn) assert.ok(widthOf(line) <= 24)
})

function first(paper: ReturnType<typeof openPaper>, env: NodeJS.ProcessEnv) {
  return table(screenOn(paper, env), columns, [])
}

test('titles are bold for a person, and plain for a program or where colours are unwanted', () => {
  assert.ok(first(openPaper(80), {}).startsWith('\u001b[1m'))
  assert.ok(first(openPaper(80), { NO_COLOR: '1' }).startsWith('Name'))
  assert.ok(first(openPaper(80), { TERM: 'dumb' }).startsWith('Name'))
  assert.ok(first(openPaper(), {}).startsWith('Name'))
})
