import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorkshop, until, wordOf } from '#test/workers.ts'
import { giveUp } from './handler.ts'

test('a job that failed for good is seen, mended and done', async () => {
  await using shop = await openWorkshop()
  const done: string[] = []
  await shop.hire({
    outside: async ({ args: { entities } }) => {
      if (entities[0] === 'wrong') giveUp('there is no such shelf')
      done.push(...entities)
    },
  })
  await shop.order('wrong', { key: 'shelf', correlationId: 'a-request' })
  await shop.settled()
  const letters = shop.api.api.v1['dead-letters']
  const { data } = await (await letters.$get({ query: {} })).json()
  const [letter] = data
  assert.ok(letter && data.length === 1)
  assert.equal(letter.kind, 'mirror.sync')
  assert.equal(letter.error, 'there is no such shelf')
  assert.match(letter.stack ?? '', /dead-letters\.test/)
  assert.deepEqual([letter.payload, letter.attempts, letter.correlationId], [wordOf('wrong'), 1, 'a-request'])
  const param = { id: letter.id }
  const nonsense = await letters[':id'].$patch({ param, json: { payload: { entities: 'everything' } } })
  assert.equal(nonsense.status, 422)
  assert.match(await nonsense.text(), /payload_not_valid.*entities: .*expected array/)
  const mended = await letters[':id'].$patch({ param, json: { payload: wordOf('right') } })
  assert.deepEqual((await mended.json()).payload, wordOf('right'))
  assert.equal((await letters[':id'].retry.$post({ param })).status, 202)
  await until(() => done.length > 0)
  assert.deepEqual(done, ['right'])
  assert.equal((await letters[':id'].$get({ param })).status, 404)
  assert.equal((await letters[':id'].retry.$post({ param })).status, 404)
  const audited = await shop.db
    .selectFrom('audit')
    .select(['action', 'before', 'after'])
    .where('entity_id', '=', letter.id)
    .orderBy('id')
    .execute()
  assert.deepEqual(audited, [
    { action: 'dead_letter.edited', before: wordOf('wrong'), after: wordOf('right') },
    { action: 'dead_letter.retried', before: { kind: 'mirror.sync', payload: wordOf('right') }, after: null },
  ])
})

test('all dead letters can be tried again at once, though they had one key; deleting one needs a reason', async () => {
  await using shop = await openWorkshop()
  let isBroken = true
  const done: string[] = []
  await shop.hire({
    outside: async ({ args: { entities } }) => {
      if (isBroken) giveUp('broken')
      done.push(...entities)
    },
  })
  for (const word of ['one', 'two', 'three']) {
    await shop.order(word, { key: 'the same' })
    await shop.settled()
  }
  const letters = shop.api.api.v1['dead-letters']
  const { data, next } = await (await letters.$get({ query: { limit: '2' } })).json()
  const rest = await (await letters.$get({ query: { limit: '2', after: next ?? '' } })).json()
  assert.deepEqual(
    [...data, ...rest.data].map(({ payload }) => payload),
    ['three', 'two', 'one'].map(wordOf),
  )
  const param = { id: data[1]?.id ?? '' }
  assert.equal((await letters[':id'].$delete({ param, json: { reason: '' } })).status, 422)
  assert.equal((await letters[':id'].$delete({ param, json: { reason: 'asked for by mistake' } })).status, 200)
  isBroken = false
  const retried = await letters.retries.$post({ json: { all: true } })
  assert.deepEqual(await retried.json(), { retried: 2, left: 0 })
  await until(() => done.length === 2)
  assert.deepEqual(done.toSorted(), ['one', 'three'])
  const { reason } = await shop.db
    .selectFrom('audit')
    .select('reason')
    .where('action', '=', 'dead_letter.deleted')
    .executeTakeFirstOrThrow()
  assert.equal(reason, 'asked for by mistake')
})

test('two people mend one dead letter: who comes second is shown what the first one wrote', async () => {
  await using shop = await openWorkshop()
  await shop.hire({ outside: async () => giveUp('broken') })
  await shop.order('wrong')
  await shop.settled()
  const letters = shop.api.api.v1['dead-letters']
  const { data } = await (await letters.$get({ query: {} })).json()
  const param = { id: data[0]?.id ?? '' }
  const seen = (await letters[':id'].$get({ param })).headers.get('etag') ?? ''
  assert.match(seen, /^"[\w-]{16}"$/)
  const edit = (word: string, etag: string) =>
    letters[':id'].$patch({ param, json: { payload: wordOf(word) } }, { headers: { 'if-match': etag } })
  const both = await Promise.all([edit('first', seen), edit('second', seen)])
  assert.deepEqual(both.map(({ ok }) => ok).filter(Boolean), [true])
  const refused = both.find(({ ok }) => !ok)
  assert.equal(refused?.status, 409)
  assert.match((await refused?.text()) ?? '', /dead_letter_changed.*"current":.*"version"/)
  const now = both.find(({ ok }) => ok)?.headers.get('etag') ?? ''
  assert.notEqual(now, seen)
  const remove = (etag: string) =>
    letters[':id'].$delete({ param, json: { reason: 'no such shelf' } }, { headers: { 'if-match': etag } })
  assert.equal((await remove(seen)).status, 409)
  assert.equal((await edit('third', '*')).status, 200)
  assert.equal((await remove(`"other", ${now}`)).status, 409)
  const last = (await letters[':id'].$get({ param })).headers.get('etag') ?? ''
  assert.equal((await remove(`"other", ${last}`)).status, 200)
})
