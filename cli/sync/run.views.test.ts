import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { donePart, failedPart, partOf, runOf } from '#test/runs.ts'
import { openPaper } from '#test/terminal.ts'
import { screenOn } from '../screen.ts'
import { widthOf } from '../text.ts'
import { runLines } from './run.bars.ts'
import { lineView } from './run.lines.ts'
import { viewOn } from './run.view.ts'

const startedAt = '2026-11-21T10:00:00.000Z'
const now = new Date('2026-11-21T10:00:02.000Z')
const reading = (entity: string, fetched: number, note: string | null = null) =>
  partOf(entity, { state: 'running', startedAt, fetched, note })

test('a log gets one line when something changes, however often progress is told', () => {
  const paper = openPaper()
  const view = lineView(screenOn(paper, {}))
  view.show(runOf([partOf('outlets'), partOf('sales')]))
  view.show(runOf([reading('outlets', 0), partOf('sales')]))
  for (const fetched of [1, 2, 3]) view.show(runOf([reading('outlets', fetched), partOf('sales')]))
  const outlets = donePart('outlets', { fetched: 1200, inserted: 1190, updated: 8, rejected: 2 })
  view.show(runOf([outlets, reading('sales', 10)]))
  view.show(runOf([outlets, failedPart('sales', 'lightspeed_forbidden', 'No right to\nread sales')]))
  view.end()
  assert.deepEqual(paper.text().trimEnd().split('\n'), [
    'outlets  is being read',
    'outlets  1,200 read, 1,190 new, 8 changed, 2 rejected in 1.5 s',
    'sales    is being read',
    'sales    failed: No right to read sales',
  ])
})

test('a log tells of a wait once, and only when it is a long one', async () => {
  const paper = openPaper()
  const view = lineView(screenOn(paper, {}), 60)
  const waits = (left: number) => view.show(runOf([reading('sales', 5, `Lightspeed wants ${left} s of rest`)]))
  view.show(runOf([reading('sales', 5)]))
  waits(9)
  view.show(runOf([reading('sales', 6)]))
  await sleep(100)
  waits(8)
  waits(7)
  await sleep(100)
  waits(6)
  view.show(runOf([reading('sales', 7)]))
  waits(5)
  view.end()
  await sleep(100)
  assert.deepEqual(paper.text().trimEnd().split('\n'), [
    'sales  is being read',
    'sales  waits: Lightspeed wants 8 s of rest',
    'sales  is being read',
  ])
})

test('a terminal shows how many entities are done, and each one that is being read', () => {
  const screen = screenOn(openPaper(80), { NO_COLOR: '1' })
  const run = runOf([
    donePart('outlets', { fetched: 6 }),
    reading('products', 1000),
    reading('sales', 500),
    partOf('taxes'),
  ])
  const lines = runLines(run, { screen, expected: new Map([['products', 2000]]), frame: 0, now })
  assert.deepEqual(lines, [
    '━━━━━━────────────────── 1 of 4 entities · 1,506 records · 2.0 s',
    '⠋ products ━━━━━━──────     1,000     500/s',
    '⠋ sales    ━━━─────────       500     250/s',
  ])
})

test('a terminal shows why it has to wait, and what has failed, within its width', () => {
  const paper = openPaper(60)
  const screen = screenOn(paper, {})
  const long = 'Lightspeed does not accept the token. Make a new one in Lightspeed under Setup'
  const run = runOf([
    reading('sales', 500, 'Lightspeed wants some rest, for as long as it takes'),
    failedPart('taxes', 'x', long),
  ])
  const lines = runLines(run, { screen, expected: new Map(), frame: 3, now })
  for (const line of lines) assert.ok(widthOf(line) < 60, line)
  assert.match(lines[1] ?? '', /wants/)
  assert.ok(lines[1]?.startsWith('\u001b[33m'), 'yellow')
  assert.match(lines[2] ?? '', /✗ taxes Lightspeed does not accept/)
  assert.ok(lines[2]?.startsWith('\u001b[31m'), 'red')
})

test('bars are drawn in place, and gone when the sync is over', async () => {
  const paper = openPaper(80)
  const view = viewOn(screenOn(paper, {}))
  view.show(runOf([reading('sales', 500)]))
  await sleep(300)
  view.note('The connection broke')
  view.end()
  const drawn = paper.text()
  assert.ok(drawn.split('⠙').length > 1, 'it moves while nothing is told')
  assert.match(drawn, /The connection broke\n/)
  const { length } = drawn
  await sleep(200)
  assert.equal(paper.text().length, length, 'nothing is drawn after the end')
})
