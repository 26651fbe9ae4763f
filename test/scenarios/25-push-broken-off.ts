import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { openBridge, type Bridge } from '#test/bridging.ts'
import { startConsign } from '#test/process.ts'
import { rescueAll, until } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

const lines = 120
const hangMs = 60_000

export const pushBrokenOff: Scenario = {
  number: 25,
  fault:
    'a push is killed with its creation done and unanswered, again with 37 of 120 lines written, and somebody edits there',
  promise: 'no second consignment, only what is missing is added, and an edit by others is kept with both versions',
  async run(seed) {
    const chance = chanceFrom(seed)
    await using bridge = await openBridge({ scale: 'tiny:products=300' })
    const [alone, edited] = [await bridge.order(lines), await bridge.order(lines)]
    await bridge.move(alone, 'OPEN')
    await killedAt(bridge, '/api/2.0/consignments')
    assert.deepEqual(await countsThere(bridge), [0])
    const written = 1 + Math.floor(chance() * (lines - 1))
    await killedAt(bridge, 'bulk$')
    await keepFirst(bridge, await onlyRemote(bridge), written)
    await bridge.hire()
    await bridge.until(alone, 'synced', 60_000)
    assert.deepEqual(await countsThere(bridge), [lines])
    await bridge.agreesWithLightspeed()
    await editedMeanwhile(bridge, edited, written)
  },
}

/** Somebody changes a line that was written before the push was broken off. */
async function editedMeanwhile(bridge: Bridge, id: string, written: number) {
  const before = new Set((await bridge.remotes()).map((remote) => remote.id))
  bridge.sim.trouble({ kind: 'server_error', status: 502, body: 'html', method: 'POST', path: 'bulk$', times: 1 })
  await bridge.move(id, 'OPEN')
  await bridge.until(id, 'synced', 60_000)
  const remote = (await bridge.remotes()).find((one) => !before.has(one.id))?.id ?? ''
  await keepFirst(bridge, remote, written)
  const [first] = await bridge.linesThere(remote)
  assert.equal((await bridge.ask('PUT', `/consignments/${remote}/products/${first?.id}`, { count: 99 })).status, 200)
  const writes = bridge.writes().length
  await bridge.api.api.v1.consignments[':id'].pushes.$post({ param: { id }, json: { dryRun: false } })
  await bridge.until(id, 'conflict')
  assert.equal(bridge.writes().length, writes)
  const [conflict] = await bridge.conflicts()
  const sides = [conflict?.ours, conflict?.theirs].map((side) => Object(side)['lines'][first?.id ?? '']?.count)
  assert.deepEqual(sides, ['10', '99'])
  await bridge.api.api.v1.consignments[':id'].resolutions.$post({ param: { id }, json: { resolution: 'push_ours' } })
  await bridge.until(id, 'synced', 60_000)
  assert.deepEqual(await countsThere(bridge), [lines, lines])
  await bridge.agreesWithLightspeed()
}

/** A worker that is killed when Lightspeed has done a POST there, and nobody has read its answer. */
async function killedAt(bridge: Bridge, path: string) {
  const hanging = bridge.sim.trouble({ kind: 'endless', method: 'POST', path, ms: hangMs, times: 1 })
  await using consign = startConsign(['worker'], bridge.settings)
  await until(() => hanging.struck() === 1, 60_000)
  await consign.end('SIGKILL')
  bridge.sim.clearTrouble()
  await sql`update pgboss.job set started_on = started_on - interval '1 minute' where state = 'active'`.execute(
    bridge.db,
  )
  await rescueAll(bridge.database)
}

/** As if Lightspeed had come no further than so many lines. */
async function keepFirst(bridge: Bridge, remoteId: string, many: number) {
  const { store } = bridge.sim
  const all = store.list('consignment_products', { after: 0, limit: Infinity, deleted: false, of: remoteId })
  for (const line of all.slice(many))
    store.put('consignment_products', { ...line, deleted_at: new Date().toISOString() })
}

async function onlyRemote({ remotes }: Bridge): Promise<string> {
  const found = await remotes()
  assert.equal(found.length, 1)
  return found[0]?.id ?? ''
}

/** How many lines each consignment has; each of them as it was ordered. */
async function countsThere({ remotes, linesThere }: Bridge): Promise<number[]> {
  const all = await Promise.all((await remotes()).map(({ id }) => linesThere(id)))
  for (const { count } of all.flat()) assert.equal(count, 10)
  return all.map(({ length }) => length)
}
