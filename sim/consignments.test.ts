import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { rowIn } from './visitor.ts'
import { openScene, until, type Scene } from './consignments-scene.ts'

test('an order is written, sent, arrives in parts and is received into stock', async () => {
  await using scene = await openScene()
  const { tea, milk, shop } = scene
  const before = { tea: await scene.stock(tea, shop), milk: await scene.stock(milk, shop) }
  const id = await scene.openOrder(tea, milk)

  assert.equal((await scene.move(id, 'SENT')).status, 200)
  assert.equal((await scene.stock(tea, shop)).level, before.tea.level)
  await scene.set(id, tea, { received: 7 })
  assert.equal((await scene.consignment(id))['status'], 'DISPATCHED')
  await scene.set(id, milk, { received: '12.5' })
  const received = rowIn(await scene.move(id, 'RECEIVED'))
  assert.equal(received['status'], 'RECEIVED')
  assert.match(String(received['received_at']), /^\d{4}-\d\d-\d\dT.*\+00:00$/)

  const arrived = await until(
    () => scene.stock(milk, shop),
    ({ level }) => level !== before.milk.level,
  )
  assert.equal(arrived.level, before.milk.level + 12.5)
  assert.equal((await scene.stock(tea, shop)).level, before.tea.level + 7)
  assert.ok(arrived.version > before.milk.version)
  assert.deepEqual(
    (await scene.lines(id)).map((line) => line['status']),
    ['RECEIVE_SUCCESS', 'RECEIVE_SUCCESS'],
  )
})

test('a transfer leaves one outlet when it is sent and reaches the other when it is received', async () => {
  await using scene = await openScene()
  const { tea, hub, shop } = scene
  const [there, here] = [await scene.stock(tea, hub), await scene.stock(tea, shop)]
  const id = await scene.openTransfer(tea)
  assert.equal((await scene.line(id, tea))['cost'], undefined)

  await scene.move(id, 'SENT')
  const sent = await until(
    () => scene.line(id, tea),
    (line) => line['status'] === 'SENT_SUCCESS',
  )
  assert.equal(Number(sent['cost']), there.cost)
  assert.equal((await scene.stock(tea, hub)).level, there.level - 10)
  assert.equal((await scene.stock(tea, shop)).level, here.level)

  await scene.set(id, tea, { received: 9 })
  assert.equal((await scene.consignment(id))['status'], 'SENT')
  await scene.move(id, 'RECEIVED')
  await until(
    () => scene.line(id, tea),
    (line) => line['status'] === 'RECEIVE_SUCCESS',
  )
  assert.equal((await scene.stock(tea, shop)).level, here.level + 9)
  assert.equal((await scene.stock(tea, hub)).level, there.level - 10)
})

test('a transfer that is called back gives its source the goods back, unless judged otherwise', async () => {
  assert.equal(await missingAfterCancelling({ cancelReversesSend: true }), 0)
  assert.equal(await missingAfterCancelling({ cancelReversesSend: false }), 6)
})

async function missingAfterCancelling(judgments: { cancelReversesSend: boolean }): Promise<number> {
  await using scene = await openScene(judgments)
  const { tea, hub } = scene
  const before = await scene.stock(tea, hub)
  const missing = async () => before.level - (await scene.stock(tea, hub)).level
  const id = await sentTransfer(scene)
  await scene.set(id, tea, { count: 6 })
  await until(missing, (pieces) => pieces === 6)
  assert.equal((await scene.move(id, 'CANCELLED')).status, 200)
  return await until(missing, (pieces) => pieces === (judgments.cancelReversesSend ? 0 : 6))
}

async function sentTransfer(scene: Scene): Promise<string> {
  const id = await scene.openTransfer(scene.tea)
  await scene.move(id, 'SENT')
  await until(
    () => scene.line(id, scene.tea),
    (line) => line['status'] === 'SENT_SUCCESS',
  )
  return id
}

test('a return takes its goods out of the outlet', async () => {
  await using scene = await openScene()
  const before = await scene.stock(scene.tea, scene.shop)
  const id = await scene.create({ type: 'RETURN', supplier_id: scene.supplier })
  await scene.add(id, { product_id: scene.tea, count: 3 })
  assert.equal((await scene.move(id, 'SENT')).status, 200)
  const after = await until(
    () => scene.stock(scene.tea, scene.shop),
    ({ level }) => level !== before.level,
  )
  assert.equal(after.level, before.level - 3)
})

test('goods received in full go back to SENT when processing fails, and arrive once when received again', async () => {
  await using scene = await openScene()
  const { tea, milk, shop } = scene
  const before = { tea: await scene.stock(tea, shop), milk: await scene.stock(milk, shop) }
  const id = await scene.openOrder(tea, milk)
  await scene.move(id, 'SENT')
  for (const product of [tea, milk]) await scene.set(id, product, { received: 10 })
  scene.sim.trouble({ kind: 'received_falls_back', times: 1, linesFirst: 1 })
  assert.equal(rowIn(await scene.move(id, 'RECEIVED'))['status'], 'RECEIVED')
  const fallen = await until(
    () => scene.consignment(id),
    (row) => row['status'] === 'SENT',
  )
  assert.equal(fallen['status'], 'SENT')
  assert.equal(fallen['received_at'], undefined)
  const states = (await scene.lines(id)).map((line) => line['status'])
  assert.deepEqual(new Set(states), new Set(['RECEIVE_FAIL', 'RECEIVE_SUCCESS']))

  assert.equal((await scene.move(id, 'RECEIVED')).status, 200)
  await until(
    () => scene.lines(id),
    (lines) => lines.every((line) => line['status'] === 'RECEIVE_SUCCESS'),
  )
  assert.equal((await scene.stock(tea, shop)).level, before.tea.level + 10)
  assert.equal((await scene.stock(milk, shop)).level, before.milk.level + 10)
})

test('one line fails and its goods do not arrive, the others do', async () => {
  await using scene = await openScene()
  const { tea, milk, shop } = scene
  const before = await scene.stock(tea, shop)
  const id = await scene.openOrder(tea, milk)
  await scene.move(id, 'SENT')
  for (const product of [tea, milk]) await scene.set(id, product, { received: 1 })
  scene.sim.trouble({ kind: 'line_fails', product: tea, times: 1 })
  await scene.move(id, 'RECEIVED')
  const failed = await until(
    () => scene.line(id, tea),
    (line) => line['status'] !== 'PENDING',
  )
  assert.equal(failed['status'], 'RECEIVE_FAIL')
  assert.equal((await scene.line(id, milk))['status'], 'RECEIVE_SUCCESS')
  assert.equal((await scene.stock(tea, shop)).level, before.level)
})

test('what a stopped simulator had not worked on is taken up when it starts again', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sim-resume-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const journal = `${folder}/journal`
  const opened = async () => {
    await using scene = await openScene({ lineProcessingMs: 60_000 }, { journal })
    const id = await scene.openTransfer(scene.tea)
    await scene.move(id, 'SENT')
    return { id, tea: scene.tea, before: await scene.stock(scene.tea, scene.hub) }
  }
  const { id, tea, before } = await opened()
  await using scene = await openScene({}, { journal })
  const line = await until(
    () => scene.line(id, tea),
    ({ status }) => status === 'SENT_SUCCESS',
  )
  assert.equal(line['status'], 'SENT_SUCCESS')
  assert.equal((await scene.stock(tea, scene.hub)).level, before.level - 10)
})
