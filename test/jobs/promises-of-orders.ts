import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { failureOf } from '#src/jobs/failures.rules.ts'
import { word, type Bench } from './queue-bench.ts'

const broken = failureOf(new Error('the till is broken'), undefined, '2026-01-01T00:00:00Z')

/** What the port promises of jobs that name an order. */
export const promisesOfOrders: Record<string, (bench: Bench) => Promise<void>> = {
  'jobs of one order are taken one after the other, of whatever kind they are; other orders flow': async (bench) => {
    await bench.change(({ db }) =>
      bench.queue.enqueueMany(db, 'mirror.sync', [
        { args: { entities: ['tea first'] }, order: 'tea' },
        { args: { entities: ['tea second'] }, order: 'tea', priority: 100 },
        { args: { entities: ['milk first'] }, order: 'milk' },
        { args: { entities: ['of no order'] } },
      ]),
    )
    await bench.change(({ db }) => bench.queue.enqueue(db, 'mirror.prune', {}, { order: 'milk' }))
    const first = await bench.take(10)
    assert.deepEqual(first.map(word).toSorted(), ['milk first', 'of no order', 'tea first'])
    assert.deepEqual(await bench.queue.work('mirror.prune', 1), [])
    await bench.queue.complete(
      'mirror.sync',
      first.filter((one) => word(one) === 'milk first'),
    )
    assert.equal((await bench.queue.work('mirror.prune', 1)).length, 1)
    assert.deepEqual(await bench.take(10), [])
  },

  'whatever the first of an order waits for, the others wait behind it': async (bench) => {
    await bench.order('first', { order: 'tea', startAfter: new Date(Date.now() + 200) })
    await bench.order('second', { order: 'tea' })
    assert.deepEqual(await bench.take(10), [])
    await sleep(250)
    await bench.queue.fail(await bench.takeOne(), broken, 200)
    assert.deepEqual(await bench.take(10), [])
    await sleep(250)
    await bench.queue.putOff(await bench.takeOne(), 200)
    assert.deepEqual(await bench.take(10), [])
    await sleep(250)
    const first = await bench.takeOne()
    assert.equal(word(first), 'first')
    await bench.silence()
    const rescued = await bench.takeOne()
    assert.equal(word(rescued), 'first')
    await bench.queue.complete('mirror.sync', [rescued])
    assert.equal(word(await bench.takeOne()), 'second')
  },

  'a dead letter holds its order, and put back it is the first again': async (bench) => {
    for (const one of ['first', 'second']) await bench.order(one, { order: 'tea' })
    await bench.queue.deadLetter(await bench.takeOne(), broken)
    await bench.order('third', { order: 'tea' })
    assert.deepEqual(await bench.take(10), [])
    const [letter] = await bench.deadLetters()
    await bench.change((tx) => bench.queue.redrive(tx, [letter?.id ?? '']))
    const done: string[] = []
    for (const _ of ['first', 'second', 'third']) {
      const claim = await bench.takeOne()
      done.push(word(claim))
      await bench.queue.complete('mirror.sync', [claim])
    }
    assert.deepEqual(done, ['first', 'second', 'third'])
  },

  'the order is that of the commits, though the changes began in another': async (bench) => {
    const begun = Promise.withResolvers<void>()
    const mayAsk = Promise.withResolvers<void>()
    const mayCommit = Promise.withResolvers<void>()
    const slow = bench.change(async ({ db }) => {
      await bench.queue.enqueue(db, 'mirror.prune', {})
      begun.resolve()
      await mayAsk.promise
      await bench.queue.enqueue(db, 'mirror.sync', { entities: ['second'] }, { order: 'tea' })
      await mayCommit.promise
    })
    await begun.promise
    await bench.order('first', { order: 'tea' })
    mayAsk.resolve()
    await sleep(50)
    let isThirdIn = false
    const third = bench.order('third', { order: 'tea' }).then(() => (isThirdIn = true))
    await sleep(100)
    assert.equal(isThirdIn, false, 'nobody gets into an order past one who is about to')
    mayCommit.resolve()
    await Promise.all([slow, third])
    const done: string[] = []
    for (const _ of ['first', 'second', 'third']) {
      const claim = await bench.takeOne()
      done.push(word(claim))
      await bench.queue.complete('mirror.sync', [claim])
    }
    assert.deepEqual(done, ['first', 'second', 'third'])
  },

  'however many take at the same moment, of one order one job runs': async (bench) => {
    for (let at = 0; at < 10; at += 1) await bench.order(`job ${at}`, { order: 'tea' })
    const done: string[] = []
    while (done.length < 10) {
      const taken = (await Promise.all(Array.from({ length: 8 }, () => bench.take(5)))).flat()
      assert.equal(taken.length, 1)
      done.push(...taken.map(word))
      await bench.queue.complete('mirror.sync', taken)
    }
    assert.deepEqual(
      done,
      Array.from({ length: 10 }, (_, at) => `job ${at}`),
    )
  },
}
