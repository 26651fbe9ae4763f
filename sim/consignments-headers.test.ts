import { tellBothWays, type Case } from './consignments-both-ways.ts'
import { rowIn } from './visitor.ts'

const cases: Case[] = [
  {
    name: 'a count that is created without a status',
    judgments: [{}, { newStocktakeStatus: 'STOCKTAKE' }],
    play: async ({ create, consignment }) => (await consignment(await create({ type: 'STOCKTAKE' })))['status'],
    seen: ['STOCKTAKE_SCHEDULED', 'STOCKTAKE'],
  },
  {
    name: 'a transfer that is created when it has already arrived',
    judgments: [{}, { transferCreatedReceived: false }],
    play: async ({ send, shop, hub }) => {
      const body = { name: 'Done', type: 'OUTLET', status: 'RECEIVED', outlet_id: shop, source_outlet_id: hub }
      return (await send('POST', '/consignments', body)).status
    },
    seen: [201, 422],
  },
  {
    name: 'a transfer that becomes a return',
    judgments: [{}, { typesFixed: false }],
    play: async ({ create, consignment, hub, send }) => {
      const id = await create({ type: 'OUTLET', source_outlet_id: hub })
      const { source_outlet_id: _, ...whole } = await consignment(id)
      return (await send('PUT', `/consignments/${id}`, { ...whole, type: 'RETURN', source_outlet_id: null })).status
    },
    seen: [422, 200],
  },
  {
    name: 'a transfer on the way that turns to another outlet',
    judgments: [{}, { partiesFixedOnceSent: false }],
    play: async (scene) => {
      const id = await scene.openTransfer(scene.tea)
      await scene.move(id, 'SENT')
      const turned = { outlet_id: scene.hub, source_outlet_id: scene.shop }
      return (await scene.send('PUT', `/consignments/${id}`, { ...(await scene.consignment(id)), ...turned })).status
    },
    seen: [422, 200],
  },
  {
    name: 'the name of a cancelled transfer',
    judgments: [{}, { finishedHeadersEditable: true }],
    play: async ({ openTransfer, tea, move, send, consignment }) => {
      const id = await openTransfer(tea)
      await move(id, 'CANCELLED')
      return (await send('PUT', `/consignments/${id}`, { ...(await consignment(id)), name: 'Another' })).status
    },
    seen: [422, 200],
  },
  {
    name: 'an order whose receipt fell back is received from SENT',
    judgments: [{}, { sentOrderMayBeReceived: false }],
    play: async (scene) => {
      const id = await scene.openOrder(scene.tea)
      await scene.move(id, 'SENT')
      await scene.set(id, scene.tea, { received: 1 })
      await scene.send('POST', '/sim/change', { collection: 'consignments', id, patch: { status: 'SENT' } })
      return (await scene.move(id, 'RECEIVED')).status
    },
    seen: [200, 422],
  },
  {
    name: 'a transfer that has arrived is cancelled',
    judgments: [{}, { receivedTransferMayBeCancelled: true }],
    play: async (scene) => {
      const id = await scene.openTransfer(scene.tea)
      await scene.move(id, 'SENT')
      await scene.move(id, 'RECEIVED')
      return (await scene.move(id, 'CANCELLED')).status
    },
    seen: [422, 200],
  },
  {
    name: 'a product is ordered without a cost',
    judgments: [{}, { unpricedOrderLine: 'absent' }],
    play: async ({ openOrder, add, tea, line }) => {
      const id = await openOrder()
      await add(id, { product_id: tea, count: 1 })
      return (await line(id, tea))['cost'] !== undefined
    },
    seen: [true, false],
  },
  {
    name: 'a return is filled in bulk',
    judgments: [{}, { bulkForEveryType: false }],
    play: async ({ create, bulk, tea }) =>
      (await bulk(await create({ type: 'RETURN' }), [{ product_id: tea, count: 2 }])).status,
    seen: [200, 422],
  },
  {
    name: 'a completed count tells when it was received, or not',
    judgments: [{}, { stocktakeReceivedAt: false }],
    play: async (scene) => {
      const id = await scene.startCount([{ type: 'product', value: scene.tea }])
      return rowIn(await scene.move(id, 'STOCKTAKE_COMPLETE'))['received_at'] !== undefined
    },
    seen: [true, false],
  },
]

tellBothWays(cases)
