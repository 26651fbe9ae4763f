import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { failureOf } from '#src/jobs/failures.rules.ts'
import type { Claimed } from '#src/jobs/port.ts'
import { word, type Bench } from './queue-bench.ts'

const broken = failureOf(new Error('the till is broken'), undefined, '2026-01-01T00:00:00Z')

/** What the port promises of each job. */
export const promisesOfJobs: Record<string, (bench: Bench) => Promise<void>> = {
  'a job is there when the change that asks for it is kept, and never was when that is taken back': async (bench) => {
    const change = bench.change(async (tx) => {
      await bench.queue.enqueue(tx.db, 'mirror.sync', { entities: ['taken back'] })
      throw new Error('the change is not possible')
    })
    await assert.rejects(change, /not possible/)
    await bench.order('kept')
    assert.deepEqual((await bench.take(10)).map(word), ['kept'])
  },

  'of one key only one job waits, however many ask at once; while it runs, another may wait': async (bench) => {
    const added = await Promise.all(Array.from({ length: 20 }, () => bench.order('once', { key: 'shelf' })))
    assert.equal(added.filter(Boolean).length, 1)
    const [running] = await bench.take(10)
    assert.ok(running)
    assert.equal(await bench.order('once more', { key: 'shelf' }), true)
    assert.equal(await bench.order('and again', { key: 'shelf' }), false)
    await bench.queue.complete('mirror.sync', [running])
    assert.deepEqual((await bench.take(10)).map(word), ['once more'])
  },

  'the most pressing comes first, then the oldest, and nothing before its time': async (bench) => {
    await bench.order('old')
    await bench.order('new')
    await bench.order('pressing', { priority: 5 })
    await bench.order('soon', { startAfter: new Date(Date.now() + 300), priority: 9 })
    await bench.order('tomorrow', { startAfter: new Date(Date.now() + 86_400_000), priority: 9 })
    assert.deepEqual(await bench.queue.dueKinds(['mirror.prune', 'mirror.sync']), ['mirror.sync'])
    assert.deepEqual((await bench.take(2)).map(word), ['pressing', 'old'])
    await sleep(350)
    assert.deepEqual((await bench.take(10)).map(word), ['soon', 'new'])
    assert.deepEqual(await bench.queue.dueKinds(['mirror.prune', 'mirror.sync']), [])
  },

  'whoever takes jobs at the same moment takes different ones': async (bench) => {
    const words = Array.from({ length: 200 }, (_, at) => `job ${at}`)
    for (const one of words) await bench.order(one)
    const taken = await Promise.all(Array.from({ length: 20 }, () => bench.take(15)))
    assert.deepEqual(taken.flat().map(word).toSorted(), words.toSorted())
  },

  'a try that failed is followed by another in time, which knows of it; put off, no try is spent': async (bench) => {
    await bench.order('cursed')
    const first = await bench.takeOne()
    assert.equal(await bench.queue.fail(first, broken, 200), true)
    assert.deepEqual(await bench.take(1), [])
    await sleep(250)
    const second = await bench.takeOne()
    assert.deepEqual(second.output, broken)
    assert.equal(triesLeft(second), triesLeft(first) - 1)
    assert.equal(await bench.queue.putOff(second, 0), true)
    assert.equal(triesLeft(await bench.takeOne()), triesLeft(second))
  },

  'what is said of a try that is not the present one any more changes nothing': async (bench) => {
    await bench.order('contested')
    const stale = await bench.takeOne()
    await bench.silence()
    const present = await bench.takeOne()
    assert.equal(present.id, stale.id)
    assert.equal((await bench.queue.touch('mirror.sync', [stale])).size, 0)
    assert.equal((await bench.queue.complete('mirror.sync', [stale])).size, 0)
    assert.equal(await bench.queue.fail(stale, broken, 0), false)
    assert.equal(await bench.queue.putOff(stale, 0), false)
    await bench.queue.deadLetter(stale, broken)
    assert.deepEqual(await bench.deadLetters(), [])
    assert.deepEqual([...(await bench.queue.touch('mirror.sync', [present]))], [present.id])
    assert.deepEqual([...(await bench.queue.complete('mirror.sync', [present]))], [present.id])
  },

  'done within a change, it is done when that is kept, and still runs when that is taken back': async (bench) => {
    await bench.order('counted')
    const claim = await bench.takeOne()
    const change = bench.change(async (tx) => {
      await bench.queue.complete('mirror.sync', [claim], tx)
      throw new Error('taken back')
    })
    await assert.rejects(change, /taken back/)
    assert.equal((await bench.queue.touch('mirror.sync', [claim])).size, 1)
    await bench.change((tx) => bench.queue.complete('mirror.sync', [claim], tx))
    assert.equal((await bench.queue.touch('mirror.sync', [claim])).size, 0)
  },

  'a dead letter keeps what it carried and why it failed; put back, it is a new job with all its tries': async (
    bench,
  ) => {
    await bench.order('hopeless', { key: 'shelf', correlationId: 'a-request' })
    const claim = await bench.takeOne()
    await bench.queue.deadLetter(claim, broken)
    assert.deepEqual(await bench.take(1), [])
    const [letter] = await bench.deadLetters()
    assert.deepEqual(letter?.data, { args: { entities: ['hopeless'] }, correlationId: 'a-request' })
    assert.deepEqual(letter?.output, broken)
    await bench.order('another of the key', { key: 'shelf' })
    assert.equal(await bench.change((tx) => bench.queue.redrive(tx, [letter?.id ?? ''])), 1)
    assert.equal(await bench.change((tx) => bench.queue.redrive(tx, [letter?.id ?? ''])), 0)
    const again = (await bench.take(2)).find((one) => word(one) === 'hopeless')
    assert.ok(again)
    assert.equal(triesLeft(again), triesLeft(claim))
  },

  'the jobs of a worker that fell silent go to another; those of one that gives signs of life do not': async (
    bench,
  ) => {
    await bench.order('dropped')
    await bench.order('held')
    const [dropped, held] = await bench.take(2)
    assert.ok(dropped && held)
    await bench.silence(async () => void (await bench.queue.touch('mirror.sync', [held])))
    const rescued = await bench.take(2)
    assert.deepEqual(rescued.map(word), ['dropped'])
    assert.equal(triesLeft(rescued[0] ?? dropped), triesLeft(dropped) - 1)
  },

  'the numbers say how many wait, run, are done and failed': async (bench) => {
    for (const one of ['done', 'dead', 'running', 'waiting']) await bench.order(one)
    await bench.order('later', { startAfter: new Date(Date.now() + 86_400_000) })
    const [done, dead] = await bench.take(3)
    assert.ok(done && dead)
    await bench.queue.complete('mirror.sync', [done])
    await bench.queue.deadLetter(dead, broken)
    const [stats] = await bench.queue.stats(['mirror.sync'], 5)
    assert.deepEqual(
      [stats?.waiting, stats?.deferred, stats?.running, stats?.done, stats?.failed, stats?.done_lately],
      [1, 1, 1, 1, 1, 1],
    )
  },
}

function triesLeft({ retryCount, retryLimit }: Claimed): number {
  return retryLimit - retryCount
}
