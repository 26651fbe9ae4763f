import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorkshop, until } from '#test/workers.ts'
import { giveUp } from './handler.ts'

test('a job begins as soon as it is asked for: nobody has to look for it', async () => {
  await using shop = await openWorkshop()
  const began = new Map<string, number>()
  await shop.hire({ outside: async ({ args: { entities } }) => void began.set(entities[0] ?? '', Date.now()) })
  const waits: number[] = []
  for (let at = 0; at < 20; at += 1) {
    const asked = Date.now()
    await shop.order(`job ${at}`)
    await until(() => began.has(`job ${at}`))
    waits.push((began.get(`job ${at}`) ?? 0) - asked)
  }
  const typical = waits.toSorted((one, other) => one - other)[10] ?? Infinity
  assert.ok(typical < 200, `typically after ${typical} ms: looking alone takes a second`)
})

test('a job that hangs gives its place to others when its time is over, and is tried again', async () => {
  await using shop = await openWorkshop()
  const done: string[] = []
  const told: boolean[] = []
  await shop.order('hanging')
  await shop.order('waiting')
  await shop.hire(
    {
      outside: async ({ args: { entities }, attempt, signal }) => {
        if (entities[0] === 'hanging' && attempt < 3) {
          await new Promise(() => signal.addEventListener('abort', () => told.push(true)))
        }
        done.push(entities[0] ?? '')
      },
    },
    { slots: 1, longestSeconds: 0.3 },
  )
  await shop.settled()
  assert.deepEqual(done.toSorted(), ['hanging', 'waiting'])
  assert.deepEqual(told, [true, true])
})

test('two people try the same dead letter again in the same moment: it is done once', async () => {
  await using shop = await openWorkshop()
  let isBroken = true
  let done = 0
  await shop.hire({ outside: async () => (isBroken ? giveUp('broken') : void (done += 1)) })
  await shop.order('one')
  await shop.settled()
  isBroken = false
  const letters = shop.api.api.v1['dead-letters']
  const { data } = await (await letters.$get({ query: {} })).json()
  const retry = () => letters[':id'].retry.$post({ param: { id: data[0]?.id ?? '' } })
  const answers = await Promise.all([retry(), retry(), retry()])
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((one, other) => one - other),
    [202, 404, 404],
  )
  await shop.settled()
  assert.equal(done, 1)
})
