import assert from 'node:assert/strict'
import { test } from 'node:test'
import { donePart, failedPart, partOf, runOf } from '#test/runs.ts'
import { openPaper } from '#test/terminal.ts'
import { screenOn } from '../screen.ts'
import { widthOf } from '../text.ts'
import { exitCodeOfRun, runReport } from './run.report.ts'

const now = new Date('2026-11-21T10:00:10.000Z')
const lost = failedPart('sales', 'lightspeed_unreachable', 'Lightspeed cannot be reached')
const locked = failedPart('users', 'lightspeed_unauthorised', 'Lightspeed does not accept the token')
const broken = failedPart('taxes', 'disk_full', 'The disk is full')

test('at the end of a sync stands what every entity came to', () => {
  const products = donePart('products', { fetched: 2000, inserted: 1500, updated: 3, unchanged: 495, rejected: 2 })
  const drawn = runReport(runOf([products, lost]), screenOn(openPaper(), {}), now)
  assert.deepEqual(drawn.split('\n'), [
    'Entity     Read    New  Changed  Unchanged  Rejected  Seconds',
    'products  2,000  1,500        3        495         2      1.5',
    'sales         0      0        0          0         0      1.5',
    '',
    '2 entities: 2,000 records read, 1,500 new, 3 changed, in 3.4 s',
    'sales failed: Lightspeed cannot be reached',
    '2 records set aside: consign audit rejected products',
  ])
})

test('the numbers of the largest retailer fit on a terminal of 80 columns', () => {
  const sales = donePart('consignment-products', { fetched: 80_027_741, inserted: 80_027_741, unchanged: 2_770_072 })
  for (const line of runReport(runOf([sales]), screenOn(openPaper(80), {}), now).split('\n')) {
    assert.ok(widthOf(line) <= 80, line)
  }
})

test('the exit code tells why a sync failed', () => {
  assert.equal(exitCodeOfRun(runOf([donePart('products')])), 0)
  assert.equal(exitCodeOfRun(runOf([donePart('products'), lost])), 5)
  assert.equal(exitCodeOfRun(runOf([donePart('products'), locked])), 4)
  assert.equal(exitCodeOfRun(runOf([lost, lost, broken])), 1)
  assert.equal(exitCodeOfRun(runOf([lost, locked])), 1)
  assert.equal(exitCodeOfRun(runOf([donePart('products'), broken])), 1)
  assert.equal(exitCodeOfRun(runOf([partOf('products')], { state: 'failed' })), 1)
})
