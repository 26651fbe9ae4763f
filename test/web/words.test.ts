import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Run, RunEntity } from '../../web/api.ts'
import { bringUp } from '../../web/sync/live-rows.rules.ts'
import { changesOf, doingOf, endingOf, percentOf, progressOf } from '../../web/sync/run-words.rules.ts'
import { ago, counted, countedAs, isStale, labelOf } from '../../web/ui/humane.rules.ts'

test('ages are told as people tell them', () => {
  const told = [0, 2, 3, 59, 60, 3_599, 3_600, 86_399, 86_400, 200_000].map(ago)
  const expected = ['just now', 'just now', '3 s ago', '59 s ago', '1 min ago', '59 min ago', '1 h ago', '23 h ago']
  assert.deepEqual(told, [...expected, '1 day ago', '2 days ago'])
})

test('a mirror is stale after a quarter of an hour, and never when it was not read yet', () => {
  assert.deepEqual([null, 0, 900, 901].map(isStale), [false, false, false, true])
})

test('numbers are grouped, and one thing is not several', () => {
  assert.equal(counted(1_715_800), '1,715,800')
  assert.deepEqual(
    [1, 0, 2].map((count) => countedAs(count, 'entity', 'entities')),
    ['1 entity', '0 entities', '2 entities'],
  )
})

test('an entity is called as a person would write it', () => {
  assert.equal(labelOf('price-book-products'), 'Price book products')
})

test('a run says how far it is and what it is doing', () => {
  const run = runOf([
    { entity: 'brands', state: 'done', fetched: 90, inserted: 90, finishedAt: '2026-11-21T09:00:00Z' },
    { entity: 'payment-types', state: 'running', fetched: 1_000, updated: 2 },
    { entity: 'sales', state: 'queued' },
  ])
  assert.equal(percentOf(run), 33)
  assert.equal(progressOf(run), '1 of 3 entities done, 1,090 records read: 90 new, 2 changed')
  assert.equal(doingOf(run), 'Reading payment types')
  assert.equal(doingOf(runOf([{ entity: 'sales', state: 'queued' }])), 'Waiting to begin')
})

test('a run says how it ended, and where it failed', () => {
  const sales: Part = { entity: 'sales', state: 'failed', error: 'Lightspeed is away' }
  const brands: Part = { entity: 'brands', state: 'done', inserted: 3, rejected: 1 }
  assert.equal(endingOf(runOf([brands])), 'Sync finished: 3 new, 1 put aside')
  assert.equal(endingOf(runOf([brands, sales])), 'Sync finished with errors in Sales; elsewhere 3 new, 1 put aside')
  assert.equal(changesOf(entityOf({ entity: 'taxes', fetched: 4 })), 'nothing new')
})

test('rows count up with the run, also between two looks at the mirror', () => {
  const paced = { nextLookAt: null, pace: null }
  const told = { entity: 'sales' as const, rows: 500, cursor: 1, lagSeconds: null, rejected: 0, ...paced }
  const live: Part = { entity: 'sales', state: 'running', inserted: 700, startedAt: '2026-11-21T09:00:01Z' }
  const run = runOf([live])
  const rowsWhen = (lastRun: Part & { id: string }) =>
    bringUp([{ ...told, lastRun: { ...entityOf(lastRun), id: lastRun.id } }], [run])[0]?.rows
  assert.equal(rowsWhen({ ...live, id: run.id, inserted: 500 }), 700, 'the status is two pages behind')
  assert.equal(rowsWhen({ ...live, id: run.id, inserted: 900 }), 500, 'the status is ahead')
  assert.equal(
    rowsWhen({ ...live, id: 'before', startedAt: '2026-11-20T09:00:00Z' }),
    1_200,
    'it knows an older run only',
  )
  assert.equal(bringUp([{ ...told, lastRun: null }], [])[0]?.rows, 500)
})

type Part = Partial<RunEntity> & { entity: string }

function entityOf(part: Part): RunEntity {
  const counts = { cursor: null, pages: 0, fetched: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0 }
  const ends = { state: 'queued', note: null, error: null, errorCode: null, startedAt: null, finishedAt: null }
  return { ...counts, ...ends, ...part }
}

function runOf(parts: Part[]): Run {
  const when = { createdAt: '2026-11-21T08:59:00Z', startedAt: null, finishedAt: null }
  const asker = { requestedBy: 'administrator', correlationId: 'a-click' }
  const asked = { id: 'run', state: 'running', ...asker, full: false, since: null, limit: null, part: null }
  return { ...asked, ...when, entities: parts.map(entityOf) }
}
