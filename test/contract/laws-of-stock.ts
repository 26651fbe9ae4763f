import assert from 'node:assert/strict'
import { eventually, isRefused, isStatus, type Law } from './law.ts'
import { misfits } from './shape.ts'
import { line } from './shapes.ts'
import { onStage, type Stage } from './stage.ts'

const law = (name: string, play: (stage: Stage) => Promise<void>, more: { simulatorOnly?: true } = {}): Law => ({
  name,
  writes: true,
  ...more,
  check: (shop) => onStage(shop, play),
})

/** Waits until so many of a product more lie in an outlet than before. */
const moved = (stage: Stage, outlet: string, from: number, by: number): Promise<number> =>
  eventually(
    stage.shop,
    async () => (await stage.level(stage.tea, outlet)) - from,
    (difference) => Math.abs(difference - by) < 0.000_01,
  )

const settled = (stage: Stage, id: string, status: string) =>
  eventually(
    stage.shop,
    () => stage.line(id, stage.tea),
    (row) => row['status'] === status,
  )

/** What consignments do to stock: always a moment later, line by line. */
export const lawsOfStock: Law[] = [
  law('a received order brings in what was received, and its lines say so', async (stage) => {
    const before = await stage.level(stage.tea, stage.here)
    const id = await stage.dispatched()
    await stage.set(id, stage.tea, { received: 3 })
    assert.ok(Math.abs((await stage.level(stage.tea, stage.here)) - before) < 0.000_01, 'nothing moves before RECEIVED')
    isStatus(await stage.move(id, 'RECEIVED'), 200)
    await settled(stage, id, 'RECEIVE_SUCCESS')
    await moved(stage, stage.here, before, 3)
    assert.notEqual((await stage.consignment(id))['received_at'] ?? null, null)
  }),
  law('a transfer takes from its source when SENT and brings to its destination when RECEIVED', async (stage) => {
    const [source, destination] = [await stage.level(stage.tea, stage.there), await stage.level(stage.tea, stage.here)]
    const id = await stage.transfer()
    isStatus(await stage.move(id, 'SENT'), 200)
    const sent = await settled(stage, id, 'SENT_SUCCESS')
    assert.notEqual(sent['cost'] ?? null, null, 'the cost is filled in when the transfer is sent')
    await moved(stage, stage.there, source, -2)
    await stage.set(id, stage.tea, { received: 2 })
    await stage.set(id, stage.milk, { received: 2 })
    isStatus(await stage.move(id, 'RECEIVED'), 200)
    await settled(stage, id, 'RECEIVE_SUCCESS')
    await moved(stage, stage.here, destination, 2)
  }),
  law('a started count is filled with the products of its filters and what should be there', async (stage) => {
    const id = await stage.count()
    const rows = await stage.lines(id)
    assert.deepEqual(new Set(rows.map((row) => row['product_id'])), new Set([stage.tea, stage.milk]))
    assert.deepEqual(
      rows.flatMap((row) => misfits(line, row)),
      [],
    )
    assert.ok(rows.every((row) => row['is_included'] === true))
    const expected = await stage.level(stage.tea, stage.here)
    assert.equal(Number((await stage.line(id, stage.tea))['count']), expected)
  }),
  law('what is counted is set or added to, and the filters stay', async (stage) => {
    const id = await stage.count()
    isStatus(await stage.set(id, stage.tea, { received: 4 }), 200)
    isStatus(await stage.add(id, { product_id: stage.tea, received: 3 }), 200)
    assert.equal((await stage.line(id, stage.tea))['received'], '7.00000')
    isRefused(await stage.update(id, { filters: [{ type: 'product', value: stage.tea }] }))
    isStatus(await stage.move(id, 'CANCELLED'), 200)
  }),
  law('a count has no totals', async (stage) => {
    const id = await stage.create({ type: 'STOCKTAKE', status: 'STOCKTAKE_SCHEDULED' })
    isRefused(await stage.shop.get(`/consignments/${id}/totals`))
  }),
  law(
    'a completed count sets what is on hand to what was counted, to zero what nobody counted',
    async (stage) => {
      const id = await stage.count()
      await stage.set(id, stage.tea, { received: 9 })
      isStatus(await stage.move(id, 'STOCKTAKE_COMPLETE'), 200)
      await settled(stage, id, 'STOCKTAKE_SUCCESS')
      await moved(stage, stage.here, 9, 0)
      await eventually(
        stage.shop,
        () => stage.level(stage.milk, stage.here),
        (level) => level === 0,
      )
      const done = await stage.consignment(id)
      for (const total of ['total_count_gain', 'total_cost_gain', 'total_count_loss', 'total_cost_loss']) {
        assert.equal(typeof done[total], 'number', total)
      }
    },
    { simulatorOnly: true },
  ),
]
