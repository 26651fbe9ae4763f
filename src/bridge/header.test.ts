import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBridge, type Bridge } from '#test/bridging.ts'

/** An order in Lightspeed whose header somebody changes there. */
async function openChanged(change: Record<string, string>) {
  const bridge = await openBridge()
  const id = await bridge.order(2)
  const at = bridge.api.api.v1.consignments[':id']
  await at.$patch({ param: { id }, json: { note: 'For the window', dueAt: '2027-03-01T00:00:00Z' } })
  await bridge.db.updateTable('consignment').set({ approval: 'approved' }).where('id', '=', id).execute()
  await bridge.hire()
  await bridge.move(id, 'OPEN')
  await bridge.until(id, 'synced')
  const [remote] = await bridge.remotes()
  assert.ok(remote)
  const header = {
    outlet_id: bridge.here,
    supplier_id: bridge.supplier,
    type: 'SUPPLIER',
    name: remote.name,
    status: 'OPEN',
  }
  assert.equal((await bridge.ask('PUT', `/consignments/${remote.id}`, { ...header, ...change })).status, 200)
  return { bridge, id, remoteId: remote.id, reference: remote.reference }
}

const resolve = ({ api }: Bridge, id: string, resolution: 'push_ours' | 'take_theirs') =>
  api.api.v1.consignments[':id'].resolutions.$post({ param: { id }, json: { resolution } })

test('name and day due are changed in Lightspeed: nothing is written over, both are shown, and theirs is taken', async () => {
  const { bridge, id } = await openChanged({ name: 'For the shelf', due_at: '2027-03-08T00:00:00Z' })
  await using _ = bridge
  const writes = bridge.writes().length
  await bridge.move(id, 'SENT')
  await bridge.until(id, 'conflict')
  const [conflict] = await bridge.conflicts()
  assert.match(conflict?.reasons.join('; ') ?? '', /the name was changed to For the shelf.*the day due was changed/)
  const { ours, theirs } = conflict ?? {}
  assert.deepEqual(
    [ours, theirs].map((side) => Object(side)['header']['name']),
    ['For the window', 'For the shelf'],
  )
  assert.equal(bridge.writes().length, writes)
  const locked = await resolve(bridge, id, 'take_theirs')
  assert.equal(locked.status, 422)
  assert.match(JSON.stringify(await locked.json()), /theirs_not_lawful.*locked from SENT on/)
  await resolve(bridge, id, 'push_ours')
  await bridge.until(id, 'synced')
  const [remote] = await bridge.remotes()
  assert.deepEqual([remote?.name, remote?.status], ['For the window', 'SENT'])
})

test('theirs is taken while the header is open: the note, the day due and the order number are as in Lightspeed', async () => {
  const change = { name: 'For the shelf', due_at: '2027-03-08T00:00:00Z', reference: 'PO 10047' }
  const { bridge, id, remoteId } = await openChanged(change)
  await using _ = bridge
  const writes = bridge.writes().length
  await bridge.api.api.v1.consignments[':id'].pulls.$post({ param: { id }, json: { dryRun: false } })
  assert.equal(await bridge.linkOf(id), 'conflict')
  assert.equal((await resolve(bridge, id, 'take_theirs')).status, 200)
  await bridge.until(id, 'synced')
  const shown = await (await bridge.api.api.v1.consignments[':id'].$get({ param: { id } })).json()
  assert.deepEqual([shown.note, shown.dueAt], ['For the shelf', '2027-03-08T00:00:00.000Z'])
  assert.equal(bridge.writes().length, writes)
  await bridge.move(id, 'SENT')
  await bridge.until(id, 'synced')
  const remotes = await bridge.remotes()
  assert.deepEqual(
    remotes.map((one) => [one.id, one.reference, one.status]),
    [[remoteId, 'PO 10047', 'SENT']],
  )
})
