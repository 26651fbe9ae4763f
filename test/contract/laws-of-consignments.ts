import assert from 'node:assert/strict'
import { isRefused, isStatus, need, type Law } from './law.ts'
import { misfits } from './shape.ts'
import { consignment, line, totals } from './shapes.ts'
import { isJson, rowIn, rowsIn, textIn, type Json } from './shop.ts'
import { onStage, type Stage } from './stage.ts'

const law = (name: string, play: (stage: Stage) => Promise<void>): Law => ({
  name,
  writes: true,
  check: (shop) => onStage(shop, play),
})

/** Headers and lines of orders, transfers and returns, as they are documented. */
export const lawsOfConsignments: Law[] = [
  law('a consignment is created OPEN, answered 201 and found again', async (stage) => {
    const id = await stage.create({ type: 'SUPPLIER', supplier_id: stage.supplier, reference: 'CONTRACT-1' })
    const row = await stage.consignment(id)
    assert.deepEqual(misfits(consignment, row), [])
    assert.deepEqual([row['type'], row['status'], row['reference']], ['SUPPLIER', 'OPEN', 'CONTRACT-1'])
    const before = Number(row['version']) - 1
    const listed = rowsIn(await stage.shop.get(`/consignments?after=${before}&page_size=50`))
    assert.ok(listed.some((each) => each['id'] === id))
  }),
  law('a body may stand in an envelope or alone', async (stage) => {
    const data = { name: 'Contract check', outlet_id: stage.here, type: 'SUPPLIER' }
    const answer = await stage.shop.send('POST', '/consignments', { data })
    isStatus(answer, 201)
    isStatus(await stage.shop.send('DELETE', `/consignments/${textIn(rowIn(answer), 'id')}`), 204)
  }),
  law('an order cannot begin as DISPATCHED or RECEIVED', async (stage) => {
    for (const status of ['DISPATCHED', 'RECEIVED']) {
      const body = { name: 'Contract check', outlet_id: stage.here, type: 'SUPPLIER', status }
      isRefused(await stage.shop.send('POST', '/consignments', body))
    }
  }),
  law('a consignment needs a type that exists', async (stage) => {
    for (const type of ['TRANSFER', undefined]) {
      isRefused(await stage.shop.send('POST', '/consignments', { name: 'x', outlet_id: stage.here, type }))
    }
  }),
  law('adding a product twice adds up, and a negative count takes away', async (stage) => {
    const id = await stage.order()
    await stage.add(id, { product_id: stage.tea, count: 5 })
    assert.equal((await stage.line(id, stage.tea))['count'], '15.00000')
    await stage.add(id, { product_id: stage.tea, count: -3 })
    assert.equal((await stage.line(id, stage.tea))['count'], '12.00000')
    assert.equal((await stage.lines(id)).length, 2)
  }),
  law('setting a product twice sets it once', async (stage) => {
    const id = await stage.order()
    for (let time = 0; time < 2; time++) isStatus(await stage.set(id, stage.tea, { count: 7, cost: '2.5' }), 200)
    const row = await stage.line(id, stage.tea)
    assert.deepEqual([row['count'], Number(row['cost'])], ['7.00000', 2.5])
  }),
  law('lines have quantities as text and no id', async (stage) => {
    const rows = await stage.lines(await stage.order())
    assert.deepEqual(
      rows.flatMap((row) => misfits(line, row)),
      [],
    )
    assert.ok(rows.every((row) => !('id' in row)))
  }),
  law('a bulk adds up too and answers what came of it by product', async (stage) => {
    const id = await stage.order()
    const answer = await stage.bulk(id, [
      { product_id: stage.tea, count: 50 },
      { product_id: stage.milk, count: '2.5' },
    ])
    isStatus(answer, 200)
    const data = rowIn(answer)
    assert.deepEqual([countIn(data, stage.tea), countIn(data, stage.milk)], ['60.00000', '12.50000'])
  }),
  law('a line of a bulk needs a count or what was received', async (stage) => {
    isRefused(await stage.bulk(await stage.order(), [{ product_id: stage.tea, cost: 1 }]))
  }),
  law('a product is taken out of an OPEN order, once', async (stage) => {
    const id = await stage.order()
    isStatus(await stage.remove(id, stage.tea), 204)
    assert.deepEqual(
      (await stage.lines(id)).map((row) => row['product_id']),
      [stage.milk],
    )
    isStatus(await stage.remove(id, stage.tea), 404)
  }),
  law('a composite product cannot be ordered', async (stage) => {
    const product_id = need(stage.composite, 'composite product')
    isRefused(await stage.add(await stage.order(), { product_id, count: 1 }))
    isRefused(await stage.bulk(await stage.order(), [{ product_id, count: 1 }]))
  }),
  law('what is received of a SENT order dispatches it, set or added', async (stage) => {
    const [first, second] = [await stage.order(), await stage.order()]
    for (const id of [first, second]) isStatus(await stage.move(id, 'SENT'), 200)
    await stage.set(first, stage.tea, { received: 1 })
    await stage.add(second, { product_id: stage.tea, received: 1 })
    assert.deepEqual([await stage.statusOf(first), await stage.statusOf(second)], ['DISPATCHED', 'DISPATCHED'])
  }),
  law('a bulk that tells what was received dispatches an order even when it is OPEN', async (stage) => {
    const id = await stage.order()
    isStatus(await stage.bulk(id, [{ product_id: stage.tea, received: 4 }]), 200)
    assert.equal(await stage.statusOf(id), 'DISPATCHED')
    const answer = await stage.bulk(id, [{ product_id: stage.tea, received: 2 }])
    assert.equal(countIn(rowIn(answer), stage.tea, 'received'), '6.00000')
  }),
  law('a DISPATCHED order takes what is received and new products, but gives none away', async (stage) => {
    const id = await stage.dispatched()
    isStatus(await stage.set(id, stage.milk, { count: 99, received: 3 }), 200)
    const row = await stage.line(id, stage.milk)
    assert.deepEqual([row['count'], row['received']], ['10.00000', '3.00000'])
    isRefused(await stage.remove(id, stage.milk))
  }),
  law('more may be received than was ordered', async (stage) => {
    const id = await stage.dispatched()
    isStatus(await stage.set(id, stage.tea, { received: 12 }), 200)
    assert.equal((await stage.line(id, stage.tea))['received'], '12.00000')
  }),
  law('the products of a SENT transfer or return cannot be taken out', async (stage) => {
    for (const id of [await stage.transfer(), await stage.toSupplier()]) {
      isStatus(await stage.move(id, 'SENT'), 200)
      isRefused(await stage.remove(id, stage.tea))
    }
  }),
  law('what is received of a SENT transfer leaves it SENT', async (stage) => {
    const id = await stage.transfer()
    await stage.move(id, 'SENT')
    isStatus(await stage.set(id, stage.tea, { received: 1 }), 200)
    assert.equal(await stage.statusOf(id), 'SENT')
    assert.equal((await stage.line(id, stage.tea))['received'], '1.00000')
  }),
  law('totals are one row of text, with nothing received of an OPEN order', async (stage) => {
    const rows = rowsIn(await stage.shop.get(`/consignments/${await stage.order()}/totals`))
    assert.equal(rows.length, 1)
    assert.deepEqual(
      rows.flatMap((row) => misfits(totals, row)),
      [],
    )
    assert.deepEqual(
      ['total_sent_count', 'total_sent_cost', 'total_received_count'].map((field) => Number(rows[0]?.[field])),
      [20, 80, 0],
    )
  }),
  law('an OPEN consignment is deleted, and then it is gone', async (stage) => {
    const id = await stage.order()
    isStatus(await stage.shop.send('DELETE', `/consignments/${id}`), 204)
    isStatus(await stage.shop.get(`/consignments/${id}`), 404)
  }),
]

function countIn(data: Json, product: string, field = 'count'): unknown {
  const entry = data[product]
  return isJson(entry) ? entry[field] : undefined
}
