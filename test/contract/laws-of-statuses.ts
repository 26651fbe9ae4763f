import assert from 'node:assert/strict'
import { isRefused, isStatus, type Law } from './law.ts'
import { onStage, type Stage } from './stage.ts'

type Way = {
  type: string
  open: (stage: Stage) => Promise<string>
  to: (stage: Stage, id: string, status: string) => Promise<void>
  statuses: string[]
}

/** Steps that are documented as lawful, or as not. Where the documentation is silent nothing stands here. */
const documented: { [type: string]: { [from: string]: { yes: string[]; no: string[] } } } = {
  order: {
    OPEN: { yes: ['SENT', 'CANCELLED'], no: [] },
    SENT: { yes: ['DISPATCHED', 'CANCELLED'], no: [] },
    DISPATCHED: { yes: ['RECEIVED', 'CANCELLED'], no: [] },
    RECEIVED: { yes: [], no: ['OPEN', 'SENT', 'DISPATCHED', 'CANCELLED'] },
    CANCELLED: { yes: [], no: ['OPEN', 'SENT', 'DISPATCHED', 'RECEIVED'] },
  },
  transfer: {
    OPEN: { yes: ['SENT'], no: [] },
    SENT: { yes: ['RECEIVED', 'CANCELLED'], no: [] },
  },
  return: { OPEN: { yes: ['SENT', 'CANCELLED'], no: ['RECEIVED'] } },
}

const ways: Way[] = [
  {
    type: 'order',
    open: (stage) => stage.order(),
    to: bringOrder,
    statuses: ['OPEN', 'SENT', 'DISPATCHED', 'RECEIVED'],
  },
  { type: 'transfer', open: (stage) => stage.transfer(), to: bring, statuses: ['OPEN', 'SENT', 'RECEIVED'] },
  { type: 'return', open: (stage) => stage.toSupplier(), to: bring, statuses: ['OPEN', 'SENT'] },
]

const law = (name: string, play: (stage: Stage) => Promise<void>): Law => ({
  name,
  writes: true,
  check: (shop) => onStage(shop, play),
})

/** How a consignment goes from one status to the next. */
export const lawsOfStatuses: Law[] = [
  ...ways.flatMap((way) =>
    Object.entries(documented[way.type] ?? {}).map(([from, { yes, no }]) =>
      law(`a ${from} ${way.type} becomes ${list(yes)}${no.length > 0 ? `, never ${list(no)}` : ''}`, async (stage) => {
        for (const status of no) isRefused(await stage.move(await reached(stage, way, from), status))
        for (const status of yes) isStatus(await stage.move(await reached(stage, way, from), status), 200)
      }),
    ),
  ),
  law('a scheduled count has no lines, cannot be completed and can be called off', async (stage) => {
    for (const status of ['CANCELLED', 'CLOSED']) {
      const id = await stage.create({ type: 'STOCKTAKE', status: 'STOCKTAKE_SCHEDULED' })
      assert.deepEqual(await stage.lines(id), [])
      isRefused(await stage.move(id, 'STOCKTAKE_COMPLETE'))
      isStatus(await stage.move(id, status), 200)
    }
  }),
  law('a running count can be called off', async (stage) => {
    for (const status of ['CANCELLED', 'CLOSED']) isStatus(await stage.move(await stage.count(), status), 200)
  }),
  law('an order stays an order', async (stage) => {
    isRefused(await stage.update(await stage.order(), { type: 'RETURN' }))
  }),
  law('the status of an order without products stays', async (stage) => {
    isRefused(await stage.move(await stage.create({ type: 'SUPPLIER', supplier_id: stage.supplier }), 'SENT'))
  }),
  law('an order is RECEIVED only when something of it was received', async (stage) => {
    const id = await stage.order()
    await stage.move(id, 'SENT')
    isStatus(await stage.move(id, 'DISPATCHED'), 200)
    isRefused(await stage.move(id, 'RECEIVED'))
    isStatus(await stage.set(id, stage.tea, { received: 1 }), 200)
    isStatus(await stage.move(id, 'RECEIVED'), 200)
  }),
  law('an order that is RECEIVED or CANCELLED is not changed any more, nor are its lines', async (stage) => {
    for (const status of ['RECEIVED', 'CANCELLED']) {
      const id = await stage.dispatched()
      isStatus(await stage.move(id, status), 200)
      isRefused(await stage.update(id, { name: 'Another note' }))
      isRefused(await stage.add(id, { product_id: stage.tea, count: 1 }))
      isRefused(await stage.set(id, stage.tea, { received: 1 }))
      isRefused(await stage.bulk(id, [{ product_id: stage.tea, received: 1 }]))
      isRefused(await stage.remove(id, stage.tea))
    }
  }),
]

function list(statuses: string[]): string {
  return statuses.length > 0 ? statuses.join(' or ') : 'nothing else'
}

async function reached(stage: Stage, way: Way, status: string): Promise<string> {
  const id = await way.open(stage)
  await way.to(stage, id, status)
  return id
}

async function bring(stage: Stage, id: string, status: string): Promise<void> {
  if (status !== 'OPEN') isStatus(await stage.move(id, status), 200)
}

async function bringOrder(stage: Stage, id: string, status: string): Promise<void> {
  if (status === 'OPEN') return
  await bring(stage, id, status === 'CANCELLED' ? 'CANCELLED' : 'SENT')
  if (status === 'DISPATCHED' || status === 'RECEIVED') isStatus(await stage.set(id, stage.tea, { received: 1 }), 200)
  if (status === 'RECEIVED') await bring(stage, id, 'RECEIVED')
}
