import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBridge } from '#test/bridging.ts'
import { startConsign } from '#test/process.ts'
import { rescueAll, until } from '#test/workers.ts'
import { sql } from 'kysely'

/** The writes of an order with two lines that is received: made, lines, sent, twice what came, received. */
const steps = [1, 2, 3, 4, 5, 6]

for (const step of steps) {
  test(`killed when Lightspeed has done write ${step} and nobody has read its answer: one consignment, right lines`, async () => {
    await using bridge = await openBridge()
    const id = await bridge.order(2)
    await bridge.move(id, 'OPEN', 'SENT', 'RECEIVING')
    await bridge.count(id, '7')
    await bridge.move(id, 'RECEIVED')
    const path = '/api/2.0/consignments'
    for (const method of ['POST', 'PUT'])
      bridge.sim.trouble({ kind: 'endless', method, path, ms: 60_000, after: passing(step, method), times: 1 })
    await using consign = startConsign(['worker'], bridge.settings)
    await until(() => bridge.writes().length >= step)
    await consign.end('SIGKILL')
    assert.equal(bridge.writes().length, step)
    bridge.sim.clearTrouble()
    await sql`update pgboss.job set started_on = started_on - interval '1 minute' where state = 'active'`.execute(
      bridge.db,
    )
    await rescueAll(bridge.database)
    const worker = await bridge.hire()
    await bridge.until(id, 'synced', 30_000)
    await worker.stop()
    const remotes = await bridge.remotes()
    assert.deepEqual(
      remotes.map(({ status }) => status),
      ['RECEIVED'],
    )
    const lines = await bridge.linesThere(remotes[0]?.id ?? '')
    assert.deepEqual(
      lines.map(({ count, received }) => [count, received]),
      [
        [10, 7],
        [10, 7],
      ],
    )
    assert.deepEqual(await bridge.conflicts(), [])
  })
}

/** How many of a method go by unharmed before the write that is to hang. */
function passing(step: number, method: string): number {
  if (method === 'POST') return step <= 2 ? step - 1 : 100
  return step > 2 ? step - 3 : 100
}
