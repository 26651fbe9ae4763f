import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openBridge } from '#test/bridging.ts'
import { aDayLater, legsOf, legsThere, receive } from '#test/legs.ts'
import { startConsign } from '#test/process.ts'
import { rescueAll, until } from '#test/workers.ts'

/** The writes by which a part is taken in and the rest goes on: received, made, its lines, sent. */
const steps = [
  ['received', 'PUT', 'consignments/[^/]+$', 0],
  ['the next one made', 'POST', 'consignments$', 0],
  ['its lines written', 'POST', 'bulk$', 0],
  ['the next one sent', 'PUT', 'consignments/[^/]+$', 1],
] as const

for (const [what, method, path, after] of steps)
  test(`killed when a part was taken in, and Lightspeed had ${what}: two legs, each once, and what came in stock once`, async () => {
    await using bridge = await openBridge()
    const id = await bridge.order(1)
    const [product = ''] = bridge.products
    const worker = await bridge.hire()
    await bridge.move(id, 'OPEN', 'SENT')
    await receive(bridge, id, { [product]: '4', to: 'PARTIAL' })
    await bridge.until(id, 'synced')
    await worker.stop()
    const hanging = bridge.sim.trouble({ kind: 'endless', method, path, ms: 60_000, after, times: 1 })
    await using consign = startConsign(['worker'], bridge.settings)
    await aDayLater(bridge, id)
    await until(() => hanging.struck() === 1, 60_000)
    await consign.end('SIGKILL')
    bridge.sim.clearTrouble()
    await sql`update pgboss.job set started_on = started_on - interval '1 minute' where state = 'active'`.execute(
      bridge.db,
    )
    await rescueAll(bridge.database)
    await bridge.hire()
    await until(async () => (await legsOf(bridge, id)).length === 2, 30_000)
    await bridge.until(id, 'synced', 30_000)
    assert.deepEqual(await legsThere(bridge, id), [
      ['RECEIVED', '10: 4'],
      ['SENT', '6: 0'],
    ])
    assert.equal((await bridge.remotes()).length, 2)
    await bridge.agreesWithLightspeed()
    assert.deepEqual(await bridge.conflicts(), [])
  })
