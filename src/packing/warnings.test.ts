import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { cups, hub, milk, refusalOf, tea } from '#test/office.ts'
import { openPackRoom, type PackRoom } from '#test/packing.ts'

test('what is odd is told before the boxes are closed, passed by somebody, and kept', async () => {
  await using room = await openPackRoom()
  const { id, box } = await oddTransfer(room)
  const ann = await room.packer('ann')
  await room.lock('DELETE', id)
  await room.lock('PUT', id, '', { by: ann })
  const tried = await (await room.move(id, 'PACKAGED', { dryRun: true, acceptedWarnings: [] }, ann)).json()
  const codes = ['over_planned', 'stock_short', 'line_not_packed', 'not_planned', 'stock_short', 'weight_odd']
  assert.ok('warnings' in tried)
  assert.deepEqual(
    tried.warnings.map(({ code }) => code),
    codes,
  )
  const refused = await refusalOf(
    await room.move(id, 'PACKAGED', { acceptedWarnings: ['over_planned', 'stock_short'] }, ann),
  )
  assert.deepEqual([refused.status, refused.code], [422, 'warnings_open'])
  assert.deepEqual(codesIn(refused.details), ['line_not_packed', 'not_planned', 'weight_odd'])
  assert.equal((await room.show(id)).status, 'PACKING')
  const one = tried.warnings.find(({ code }) => code === 'weight_odd')
  assert.equal(one?.boxId, box)
  const all = [...codes.slice(0, -1), one?.key ?? '']
  assert.equal((await room.move(id, 'PACKAGED', { acceptedWarnings: all }, ann)).status, 200)
  const passed = (await room.timeline(id)).data.find(({ action }) => action === 'consignment.warnings_passed')
  assert.match(passed?.actor ?? '', /^token:/)
  assert.deepEqual(codesIn(passed?.after), codes)
  assert.equal((await room.move(id, 'SENT', { acceptedWarnings: [] })).status, 200, 'it is not asked twice')
})

test('what has become odd since the boxes were closed is asked when they leave', async () => {
  await using room = await openPackRoom()
  const { id, box } = await oddTransfer(room)
  await sql`update mirror.inventory set inventory_level = 40 where product_id = ${tea}`.execute(room.db)
  assert.equal((await room.move(id, 'PACKAGED')).status, 200)
  await sql`update mirror.inventory set inventory_level = 2 where product_id = ${tea}`.execute(room.db)
  const weighed = await room.ask('PATCH', `${id}/boxes/${box}`, { body: { weightGrams: 1100 } })
  assert.equal(weighed.status, 200, 'a closed box is weighed')
  const refused = await refusalOf(await room.move(id, 'SENT', { acceptedWarnings: [] }))
  assert.deepEqual(codesIn(refused.details), ['stock_short'])
  assert.match(refused.detail, /TEA: 11 packed, 2 available at the source/)
  assert.equal((await room.move(id, 'SENT', { acceptedWarnings: ['stock_short'] })).status, 200)
})

test('opened again, everything is asked anew', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  await room.walk(id, 'PACKAGED', 'PACKING')
  const refused = await refusalOf(await room.move(id, 'PACKAGED', { acceptedWarnings: [] }))
  assert.deepEqual(codesIn(refused.details), ['nothing_packed'])
})

test('the packer hears at once that a line is more than planned', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  const { id: box } = await room.box(id)
  const place = `${id}/boxes/${box}`
  assert.deepEqual((await room.put(place, [room.teas(10)])).warnings, [])
  assert.deepEqual(codesIn(await room.put(place, [room.teas('0.5'), { productId: cups, quantity: 1 }])), [
    'over_planned',
    'not_planned',
  ])
})

test('what two documents take from one shelf is summed, whichever was first', async () => {
  await using room = await openPackRoom()
  const [first, second] = [await room.packed(), await room.packed()]
  for (const id of [first, second]) {
    const { id: box } = await room.box(id)
    await room.put(`${id}/boxes/${box}`, [room.teas(25)])
  }
  const ask = (id: string) => room.move(id, 'PACKAGED', { acceptedWarnings: ['over_planned'] })
  for (const id of [first, second]) assert.deepEqual(codesIn((await refusalOf(await ask(id))).details), ['stock_short'])
})

function codesIn(told: unknown): string[] {
  const warnings: unknown = Object(told)['warnings']
  assert.ok(Array.isArray(warnings))
  return warnings.map((one) => String(Object(one).code))
}

/** 11 of 10 teas, no milk of 2, 1 cup that nobody planned and nobody has; a box of 1,200 g on the scales as 2 kg. */
async function oddTransfer(room: PackRoom) {
  const id = await room.packed(undefined, [
    { productId: tea, quantity: 10 },
    { productId: milk, quantity: 2 },
    { productId: cups, quantity: 0 },
  ])
  await sql`update mirror.inventory set inventory_level = 10 where product_id = ${tea} and outlet_id = ${hub}`.execute(
    room.db,
  )
  const { id: box } = await room.box(id)
  await room.put(`${id}/boxes/${box}`, [room.teas(11), { productId: cups, quantity: 1 }])
  await room.ask('PATCH', `${id}/boxes/${box}`, { body: { weightGrams: 2000 } })
  return { id, box }
}
