import assert from 'node:assert/strict'
import { openBridge, type Bridge } from '#test/bridging.ts'
import { receive } from '#test/legs.ts'
import { until } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

/** Lightspeed refuses whatever comes out of order by its own law, so a push that overtakes another would be seen. */
export const pushesInOrder: Scenario = {
  number: 27,
  fault: 'changes of one consignment are pushed one after the other, and Lightspeed fails at the first of them',
  promise: 'none overtakes it, and it comes to where the document is; other consignments are pushed meanwhile',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using bridge = await openBridge()
    const worker = await bridge.hire()
    const ids: string[] = []
    for (let at = 0; at < (length === 'short' ? 4 : 12); at += 1) ids.push(await bridge.order(2))
    const [failing = '', ...others] = ids
    for (const id of ids) await bridge.move(id, 'OPEN')
    for (const id of ids) await bridge.until(id, 'synced', 60_000)
    const remoteId = await remoteOf(bridge, failing)
    const from = bridge.writes().length
    const path = `consignments/${remoteId}$`
    const failed = bridge.sim.trouble({ kind: 'server_error', status: 500, method: 'PUT', path })
    await bridge.move(failing, 'SENT')
    await until(() => failed.struck() > 0)
    for (const id of others.toSorted(() => chance() - 0.5)) await bridge.move(id, 'SENT')
    await receiveSome(bridge, failing, String(1 + Math.floor(chance() * 10)))
    for (const id of others) await bridge.until(id, 'synced', 60_000)
    assert.notEqual(await bridge.linkOf(failing), 'synced')
    assert.equal(bridge.sim.store.get('consignments', remoteId)?.['status'], 'OPEN')
    assert.deepEqual(linesWritten(bridge, remoteId, from), [])
    bridge.sim.clearTrouble()
    await bridge.until(failing, 'synced', 90_000)
    await worker.stop()
    assert.deepEqual(
      bridge.writes().filter(({ status }) => status >= 400 && status < 500),
      [],
    )
    await bridge.agreesWithLightspeed()
  },
}

async function receiveSome(bridge: Bridge, id: string, quantity: string) {
  await receive(bridge, id, { [bridge.products[0] ?? '']: quantity, to: 'RECEIVED' })
}

async function remoteOf({ api }: Bridge, id: string): Promise<string> {
  const told = await api.api.v1.consignments[':id'].lightspeed.$get({ param: { id } })
  return (await told.json()).leg?.remoteId ?? ''
}

/** What was received, told before the step that lets it be received, would be refused or lost. */
function linesWritten({ writes }: Bridge, remoteId: string, from: number) {
  return writes()
    .slice(from)
    .filter(({ path }) => path.includes(`${remoteId}/products/`))
}
