import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { giveUp, snooze } from './handler.ts'
import { openWorkshop, until } from '#test/workers.ts'

test('what fails is tried again soon, three times in all, and then waits in the dead letters', async () => {
  await using shop = await openWorkshop()
  const tries: number[] = []
  await shop.order('cursed')
  await shop.order('fine')
  await shop.hire({
    outside: async ({ args, attempt }) => {
      if (args.entities[0] === 'fine') return
      tries.push(attempt)
      throw new Error('the till is broken')
    },
  })
  await shop.settled()
  assert.deepEqual(tries, [1, 2, 3])
  assert.deepEqual(await shop.states(), { cursed: 'failed', fine: 'completed' })
  const stats = await (await shop.api.api.v1.jobs.stats.$get()).json()
  const kind = stats.kinds.find((one) => one.kind === 'mirror.sync')
  assert.deepEqual([kind?.done, kind?.failed, kind?.dead, stats.totals.dead, stats.workers.length], [1, 1, 1, 1, 1])
})

test('put off is not failed: it costs no try; given up is given up at once', async () => {
  await using shop = await openWorkshop()
  const tries: string[] = []
  await shop.order('later')
  await shop.order('hopeless')
  await shop.hire({
    outside: async ({ args: { entities }, attempt }) => {
      tries.push(`${entities[0]} ${attempt}`)
      if (entities[0] === 'hopeless') giveUp('there is no such product')
      if (tries.filter((one) => one.startsWith('later')).length < 5) snooze(new Date(Date.now() + 5))
    },
  })
  await shop.settled()
  assert.deepEqual(tries.toSorted(), ['hopeless 1', 'later 1', 'later 1', 'later 1', 'later 1', 'later 1'])
  assert.deepEqual(await shop.states(), { later: 'completed', hopeless: 'failed' })
})

test('a worker that falls silent in the middle loses its jobs to another; each takes effect once', async () => {
  await using shop = await openWorkshop()
  await sql`create table effect (word text)`.execute(shop.db)
  const words = Array.from({ length: 20 }, (_, at) => `job ${at}`)
  await Promise.all(words.map((word) => shop.order(word)))
  const thaw = Promise.withResolvers<void>()
  const frozen = await shop.hire(
    {
      inTransaction: async ({ db }, { args }) => {
        await sql`insert into effect values (${args.entities[0]})`.execute(db)
        await thaw.promise
      },
    },
    { slots: 6, rescueSeconds: 3_600 },
  )
  await until(async () => Object.values(await shop.states()).includes('active'))
  await sleep(200)
  await sql`update pgboss.job set heartbeat_on = now() - interval '1 hour' where state = 'active'`.execute(shop.db)
  await shop.rescue()
  await shop.hire({
    inTransaction: async ({ db }, { args }) =>
      void (await sql`insert into effect values (${args.entities[0]})`.execute(db)),
  })
  await until(async () => Object.values(await shop.states()).filter((state) => state === 'completed').length >= 14)
  thaw.resolve()
  await shop.settled()
  await frozen.stop()
  const { rows } = await sql<{ word: string; times: number }>`
    select word, count(*) as times from effect group by word`.execute(shop.db)
  assert.deepEqual(
    rows.toSorted((one, other) => one.word.localeCompare(other.word)),
    words.toSorted((one, other) => one.localeCompare(other)).map((word) => ({ word, times: 1 })),
  )
})

test('two workers do ten thousand jobs, none twice and none never', async () => {
  await using shop = await openWorkshop()
  const done: string[] = []
  const words = Array.from({ length: 10_000 }, (_, at) => `job ${at}`)
  await shop.orderAll(words)
  const task = { outside: async ({ args }: { args: { entities: string[] } }) => void done.push(...args.entities) }
  await shop.hire(task, { slots: 50 })
  await shop.hire(task, { slots: 50 })
  await shop.settled()
  assert.deepEqual(done.toSorted(), words.toSorted())
})

test('told to stop, a worker finishes what runs, gives back what does not finish, and takes nothing new', async () => {
  await using shop = await openWorkshop()
  const worker = await shop.hire(
    {
      outside: async ({ args: { entities }, signal }) => {
        if (entities[0] === 'short') await sleep(150)
        else await sleep(60_000, undefined, { signal, ref: false })
      },
    },
    { slots: 2, graceMs: 400 },
  )
  await shop.order('short')
  await shop.order('endless')
  await until(async () => Object.values(await shop.states()).filter((state) => state === 'active').length === 2)
  await shop.order('not begun')
  await worker.stop()
  assert.deepEqual(await shop.states(), { short: 'completed', endless: 'retry', 'not begun': 'created' })
  const tries: number[] = []
  await shop.hire({ outside: async ({ attempt }) => void tries.push(attempt) })
  await shop.settled()
  assert.deepEqual(tries, [1, 1])
})
