import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openCounter } from '#test/counter.ts'
import { startConsign } from '#test/process.ts'
import { rescueAll, until } from '#test/workers.ts'

/** What an adjustment asks of Lightspeed, one after the other; of each the worker is killed with the answer half read. */
const steps = [
  ['looking what there is already', 'GET', 'stock_adjustments', 1],
  ['adjusting', 'POST', 'stock_adjustments', 1],
  ['looking whether it is there', 'GET', 'stock_adjustments', 2],
  ['reading the level', 'GET', '/inventory', 1],
] as const

for (const [what, method, path, nth] of steps)
  test(`killed while ${what}: one adjustment`, async () => {
    await using counter = await openCounter()
    const { cup, here } = counter
    const before = await counter.levelThere(cup, here)
    const already = counter.sent(method, path).length
    const id = await counter.adjust({ productId: cup, outletId: here, quantity: '-2', reason: 'theft' })
    counter.sim.trouble({ kind: 'endless', method, path, ms: 60_000, after: nth - 1, times: 1 })
    await using consign = startConsign(['worker'], counter.settings)
    await until(() => counter.sent(method, path).length >= already + nth)
    await consign.end('SIGKILL')
    counter.sim.clearTrouble()
    await sql`update pgboss.job set started_on = started_on - interval '1 minute' where state = 'active'`.execute(
      counter.db,
    )
    await rescueAll(counter.database)
    const worker = await counter.hire()
    await until(async () => (await counter.untilLate(id)) === 'done', 30_000)
    await worker.stop()
    assert.deepEqual(
      (await counter.adjustmentsThere()).map(({ quantity, reason }) => [Number(quantity), reason]),
      [[-2, 'THEFT']],
    )
    assert.equal(await counter.levelThere(cup, here), before - 2)
  })
