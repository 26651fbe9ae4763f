import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorkshop, until, wordOf } from '#test/workers.ts'
import { giveUp } from './handler.ts'

test('jobs are seen page by page, newest first, by kind and by state; one that runs cannot be deleted', async () => {
  await using shop = await openWorkshop()
  const { jobs } = shop.api.api.v1
  await shop.order('first')
  await shop.order('second')
  await shop.order('third')
  const page = await (await jobs.$get({ query: { limit: '2' } })).json()
  const rest = await (await jobs.$get({ query: { limit: '2', after: page.next ?? '' } })).json()
  assert.deepEqual(
    [...page.data, ...rest.data].map(({ payload, state }) => [payload, state]),
    ['third', 'second', 'first'].map((word) => [wordOf(word), 'waiting']),
  )
  assert.equal((await jobs.$get({ query: { kind: 'shelf.dust' } })).status, 422)
  const [third, second] = page.data
  assert.ok(third && second)
  const json = { reason: 'not wanted any more' }
  assert.equal((await jobs[':id'].$delete({ param: { id: second.id }, json })).status, 200)
  assert.equal((await jobs[':id'].$get({ param: { id: second.id } })).status, 404)
  const door = Promise.withResolvers<void>()
  await shop.hire({ outside: () => door.promise })
  await until(async () => Object.values(await shop.states()).every((state) => state === 'active'))
  assert.equal((await jobs[':id'].$delete({ param: { id: third.id }, json })).status, 409)
  door.resolve()
  await shop.settled()
  const done = await (await jobs[':id'].$get({ param: { id: third.id } })).json()
  assert.equal(done.state, 'done')
  assert.deepEqual(await (await jobs.clearings.$post({ json: { state: 'done', days: 1 } })).json(), { cleared: 0 })
  assert.deepEqual(await (await jobs.clearings.$post({ json: { state: 'done', days: 0 } })).json(), { cleared: 2 })
})

test('where no worker runs, waiting jobs are done when somebody asks for it', async () => {
  await using shop = await openWorkshop()
  await shop.order('outlets')
  await shop.order('brands')
  const answer = await shop.api.api.v1.jobs.processing.$post({ json: { kind: 'mirror.sync', batch: 10 } })
  assert.deepEqual(await answer.json(), { done: 2, failed: 0, putOff: 0 })
  const runs = await shop.db.selectFrom('sync_run').select('requested_by').execute()
  assert.equal(runs.length, 2)
})

test('a poisoned job ends in the dead letters and holds up nobody, though there is only one pair of hands', async () => {
  await using shop = await openWorkshop()
  await shop.order('poison', { priority: 100 })
  for (let at = 0; at < 20; at += 1) await shop.order(`fine ${at}`)
  await shop.hire(
    {
      outside: async ({ args: { entities }, attempt }) => {
        if (entities[0] !== 'poison') return
        if (attempt === 2) giveUp('it is poison')
        throw new Error('ugh')
      },
    },
    { slots: 1 },
  )
  await shop.settled()
  const states = await shop.states()
  assert.equal(states['poison'], 'failed')
  assert.equal(Object.values(states).filter((state) => state === 'completed').length, 20)
  const { data } = await (await shop.api.api.v1['dead-letters'].$get({ query: {} })).json()
  assert.deepEqual(
    data.map(({ error, attempts, failures }) => [error, attempts, failures.map(({ message }) => message)]),
    [['it is poison', 2, ['ugh', 'it is poison']]],
  )
})
