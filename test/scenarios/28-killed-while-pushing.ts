import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { openBridge, type Bridge } from '#test/bridging.ts'
import { receive } from '#test/legs.ts'
import { startConsign } from '#test/process.ts'
import { rescueAll, until } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const killedWhilePushing: Scenario = {
  number: 28,
  fault: 'workers are killed again and again after any request of a push, reading or writing',
  promise:
    'each document is one consignment in Lightspeed, with its lines, its status and its stock, and nothing is in conflict',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using bridge = await openBridge()
    const ids = [await bridge.order(3), await bridge.order(2), await bridge.transfer()]
    for (const id of ids) await goAllTheWay(bridge, id)
    bridge.sim.trouble({ kind: 'slow', ms: 40 })
    for (let kill = 0; kill < (length === 'short' ? 3 : 10); kill += 1)
      await killedAfter(bridge, 1 + Math.floor(chance() * 9))
    bridge.sim.clearTrouble()
    await bridge.hire()
    for (const id of ids) await bridge.until(id, 'synced', 90_000)
    assert.equal((await bridge.remotes()).length, ids.length)
    assert.deepEqual(await bridge.conflicts(), [])
    await bridge.agreesWithLightspeed()
  },
}

async function goAllTheWay(bridge: Bridge, id: string) {
  const [product = ''] = bridge.products
  const shown = await (await bridge.api.api.v1.consignments[':id'].$get({ param: { id } })).json()
  const packing = shown.type === 'OUTLET_TRANSFER' ? (['PACKING', 'PACKAGED'] as const) : []
  await bridge.move(id, 'OPEN', ...packing, 'SENT')
  await receive(bridge, id, { [product]: '2', to: 'RECEIVED' })
}

/** So many requests about consignments are let through, and then there is nobody any more. */
async function killedAfter(bridge: Bridge, requests: number) {
  const asked = () => bridge.sim.requests.filter(({ path }) => path.startsWith('/api/2.0/consignments')).length
  const goal = asked() + requests
  await using consign = startConsign(['worker'], bridge.settings)
  await until(async () => asked() >= goal || (await isDone(bridge)), 60_000)
  await consign.end('SIGKILL')
  await sql`update pgboss.job set started_on = started_on - interval '1 minute' where state = 'active'`.execute(
    bridge.db,
  )
  await rescueAll(bridge.database)
}

async function isDone({ db }: Bridge): Promise<boolean> {
  const { rows } = await sql`select from consignment where link <> 'synced'`.execute(db)
  return rows.length === 0
}
