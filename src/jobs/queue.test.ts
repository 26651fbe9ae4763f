import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTransaction } from '#src/db/transaction.ts'
import { kind, openWorkshop, until, wordOf } from '#test/workers.ts'
import { enqueue } from './queue.ts'

test('a job is there when the change that asks for it is kept, and never was when that is taken back', async () => {
  await using shop = await openWorkshop()
  const { database } = shop
  const done: string[] = []
  await shop.hire({ outside: async ({ args }) => void done.push(...args.entities) })
  const changed = inTransaction(database, async ({ db }) => {
    await enqueue(db, kind, wordOf('taken back'))
    throw new Error('the change is not possible')
  })
  await assert.rejects(changed, /not possible/)
  await shop.order('kept')
  await shop.settled()
  assert.deepEqual(done, ['kept'])
  assert.deepEqual(await shop.states(), { kept: 'completed' })
})

test('what is more pressing goes first, and what is for later waits', async () => {
  await using shop = await openWorkshop()
  await shop.order('usual')
  await shop.order('pressing', { priority: 10 })
  await shop.order('tomorrow', { startAfter: new Date(Date.now() + 86_400_000), priority: 100 })
  await shop.order('in a moment', { startAfter: new Date(Date.now() + 700) })
  const done: string[] = []
  await shop.hire({ outside: async ({ args }) => void done.push(...args.entities) }, { slots: 1 })
  await until(() => done.length === 3)
  assert.deepEqual(done, ['pressing', 'usual', 'in a moment'])
  assert.equal((await shop.states())['tomorrow'], 'created')
})
