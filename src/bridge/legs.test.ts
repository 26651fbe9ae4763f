import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBridge, type Bridge } from '#test/bridging.ts'
import { aDayLater, legsOf, legsThere, receive } from '#test/legs.ts'
import { until } from '#test/workers.ts'

/** A shop with a worker, and an order of two products, ten of each, of which four of the first came. */
async function openPart() {
  const bridge = await openBridge()
  await bridge.hire()
  return { bridge, id: await partOf(bridge) }
}

async function partOf(bridge: Bridge) {
  const id = await bridge.order(2)
  await bridge.move(id, 'OPEN', 'SENT')
  await receive(bridge, id, { [tea(bridge)]: '4', to: 'PARTIAL' })
  await bridge.until(id, 'synced')
  return id
}

const nth = (at: number) => (bridge: Bridge) => bridge.products.slice(0, 2).toSorted()[at] ?? ''
const tea = nth(0)
const milk = nth(1)

async function actionsOf(bridge: Bridge, id: string) {
  const told = await bridge.api.api.v1.consignments[':id'].timeline.$get({ param: { id }, query: {} })
  return (await told.json()).data.map(({ action }) => action)
}

test('a part that waits for a day is received in Lightspeed, so that it can be sold; the rest goes on as the next leg', async () => {
  const { bridge, id } = await openPart()
  await using _ = bridge
  await aDayLater(bridge, id)
  await until(async () => (await legsOf(bridge, id)).length === 2)
  await bridge.until(id, 'synced')
  assert.deepEqual(await legsThere(bridge, id), [
    ['RECEIVED', '10: 4', '10: 0'],
    ['SENT', '6: 0', '10: 0'],
  ])
  assert.equal(await bridge.statusOf(id), 'PARTIAL')
  await bridge.agreesWithLightspeed()
  await receive(bridge, id, { [tea(bridge)]: '6', [milk(bridge)]: '3', to: 'PARTIAL' })
  await bridge.until(id, 'synced')
  await aDayLater(bridge, id)
  await until(async () => (await legsOf(bridge, id)).length === 3)
  await receive(bridge, id, { [milk(bridge)]: '8', to: 'RECEIVED' })
  await bridge.until(id, 'synced')
  assert.deepEqual(await legsThere(bridge, id), [
    ['RECEIVED', '10: 4', '10: 0'],
    ['RECEIVED', '6: 6', '10: 3'],
    ['RECEIVED', '7: 8'],
  ])
  await bridge.agreesWithLightspeed()
  assert.deepEqual((await actionsOf(bridge, id)).filter((action) => /leg_ended|take_in/.test(action)).toSorted(), [
    'consignment.leg_ended',
    'consignment.leg_ended',
    'consignment.take_in_asked',
    'consignment.take_in_asked',
  ])
})

test('closed short after a part was taken in: the rest is called off in Lightspeed', async () => {
  const { bridge, id } = await openPart()
  await using _ = bridge
  await aDayLater(bridge, id)
  await until(async () => (await legsOf(bridge, id)).length === 2)
  await bridge.until(id, 'synced')
  const at = bridge.api.api.v1.consignments[':id']
  assert.equal((await at.decisions.$put({ param: { id }, json: { decisions: [], others: 'cancel' } })).status, 200)
  await bridge.move(id, 'CLOSED')
  await bridge.until(id, 'synced')
  assert.deepEqual(
    (await legsThere(bridge, id)).map(([status]) => status),
    ['RECEIVED', 'CANCELLED'],
  )
  await bridge.agreesWithLightspeed()
})

test('a transfer that comes in parts leaves where it comes from once', async () => {
  await using bridge = await openBridge()
  await bridge.hire()
  const id = await bridge.transfer()
  await bridge.move(id, 'OPEN', 'PACKING', 'PACKAGED', 'SENT')
  await receive(bridge, id, { [tea(bridge)]: '1', to: 'PARTIAL' })
  await bridge.until(id, 'synced')
  await aDayLater(bridge, id)
  await until(async () => (await legsOf(bridge, id)).length === 2)
  await bridge.until(id, 'synced')
  await bridge.agreesWithLightspeed()
  await receive(bridge, id, { [tea(bridge)]: '1', to: 'PARTIAL' })
  await bridge.until(id, 'synced')
  await bridge.agreesWithLightspeed()
  await receive(bridge, id, { [milk(bridge)]: '2', to: 'RECEIVED' })
  await bridge.until(id, 'synced')
  assert.deepEqual(await legsThere(bridge, id), [
    ['RECEIVED', '2: 1', '2: 0'],
    ['RECEIVED', '0: 1', '0: 2'],
  ])
  await bridge.agreesWithLightspeed()
})

test('what is amended after it was received is pushed: more as another leg, less out of stock again', async () => {
  await using bridge = await openBridge()
  await bridge.hire()
  const id = await bridge.order(2)
  await bridge.move(id, 'OPEN', 'SENT')
  await receive(bridge, id, { [tea(bridge)]: '8', [milk(bridge)]: '10', to: 'RECEIVED' })
  await bridge.until(id, 'synced')
  await amend(bridge, id, { [tea(bridge)]: '10', [milk(bridge)]: '7' })
  await bridge.until(id, 'synced', 40_000)
  assert.deepEqual(await legsThere(bridge, id), [
    ['RECEIVED', '10: 8', '10: 10'],
    ['RECEIVED', '2: 2'],
  ])
  await bridge.agreesWithLightspeed()
  await amend(bridge, id, { [milk(bridge)]: '8' })
  await bridge.until(id, 'synced', 40_000)
  await bridge.agreesWithLightspeed()
})

async function amend({ api }: Bridge, id: string, received: Record<string, string>) {
  const at = api.api.v1.consignments[':id']
  const shown = await (await at.$get({ param: { id } })).json()
  assert.ok('lines' in shown)
  for (const [productId, amount] of Object.entries(received)) {
    const lineId = shown.lines.find((line) => line.productId === productId)?.id ?? ''
    const answer = await at.lines[':lineId'].received.$patch({
      param: { id, lineId },
      json: { received: amount, reason: 'Counted again' },
    })
    assert.equal(answer.status, 200, await answer.text())
  }
}
