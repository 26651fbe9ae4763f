import { until } from './consignments-scene.ts'
import { tellBothWays, type Case } from './consignments-both-ways.ts'
import { rowIn, rowsIn } from './visitor.ts'

const isReceived = (line: { [field: string]: unknown }): boolean => line['status'] === 'RECEIVE_SUCCESS'

const cases: Case[] = [
  {
    name: 'an order for a product nobody knows',
    judgments: [{}, { unknownReferenceStatus: 404 }],
    play: async ({ openOrder, add, hub }) => (await add(await openOrder(), { product_id: hub, count: 1 })).status,
    seen: [422, 404],
  },
  {
    name: 'what an order does not say is left out or null',
    judgments: [{}, { unsetConsignmentFields: 'null' }],
    play: async ({ create, consignment }) => (await consignment(await create({ type: 'SUPPLIER' })))['due_at'],
    seen: [undefined, null],
  },
  {
    name: 'a line is answered with a cost that it has not yet',
    judgments: [{}, { addedLineAnswer: 'sparse' }],
    play: async ({ openTransfer, add, tea }) =>
      rowIn(await add(await openTransfer(), { product_id: tea, count: 1 }))['cost'],
    seen: ['0.00000', undefined],
  },
  {
    name: 'the list of an outlet names the transfers that leave it, or not',
    judgments: [{}, { outletFilterFindsSource: true }],
    play: async ({ openTransfer, get, hub }) => {
      const id = await openTransfer()
      return rowsIn(await get(`/consignments?outlet_id=${hub}&page_size=1000`)).some((row) => row['id'] === id)
    },
    seen: [false, true],
  },
  {
    name: 'an update with only a status',
    judgments: [{}, { updateNeedsWhole: false }],
    play: async ({ openOrder, send, tea }) =>
      (await send('PUT', `/consignments/${await openOrder(tea)}`, { status: 'SENT' })).status,
    seen: [400, 200],
  },
  {
    name: 'a note that an update leaves out',
    judgments: [{}, { absentOnUpdate: 'cleared' }],
    play: async ({ create, send, shop }) => {
      const id = await create({ type: 'SUPPLIER', reference: 'PO-7' })
      return rowIn(await send('PUT', `/consignments/${id}`, { outlet_id: shop, type: 'SUPPLIER', name: 'x' }))[
        'reference'
      ]
    },
    seen: ['PO-7', undefined],
  },
  {
    name: 'from OPEN at once to RECEIVED',
    judgments: [{}, { statusMaySkip: true }],
    play: async ({ openTransfer, move, tea }) => (await move(await openTransfer(tea), 'RECEIVED')).status,
    seen: [422, 200],
  },
  {
    name: 'a sent order is opened again',
    judgments: [{}, { statusMayGoBack: true }],
    play: async ({ openOrder, move, tea }) => {
      const id = await openOrder(tea)
      await move(id, 'SENT')
      return (await move(id, 'OPEN')).status
    },
    seen: [422, 200],
  },
  {
    name: 'an open transfer is cancelled',
    judgments: [{}, { openTransferMayBeCancelled: false }],
    play: async ({ openTransfer, move, tea }) => (await move(await openTransfer(tea), 'CANCELLED')).status,
    seen: [200, 422],
  },
  {
    name: 'an empty order is cancelled',
    judgments: [{}, { emptyMayBeCancelled: true }],
    play: async ({ openOrder, move }) => (await move(await openOrder(), 'CANCELLED')).status,
    seen: [422, 200],
  },
  {
    name: 'an empty transfer is sent',
    judgments: [{}, { emptyTransfersStay: false }],
    play: async ({ openTransfer, move }) => (await move(await openTransfer(), 'SENT')).status,
    seen: [422, 200],
  },
  {
    name: 'a transfer of which nothing came is received',
    judgments: [{}, { emptyReceiptOfTransfer: false }],
    play: async ({ openTransfer, move, tea }) => {
      const id = await openTransfer(tea)
      await move(id, 'SENT')
      return (await move(id, 'RECEIVED')).status
    },
    seen: [200, 422],
  },
  {
    name: 'a transfer that nobody counted arrives empty or in full',
    judgments: [{}, { receivedDefaultsToCount: true }],
    play: async (scene) => {
      const id = await scene.openTransfer(scene.tea)
      await scene.move(id, 'SENT')
      await scene.move(id, 'RECEIVED')
      return (await until(() => scene.line(id, scene.tea), isReceived))['received']
    },
    seen: ['0.00000', '10.00000'],
  },
  {
    name: 'a sent order is deleted',
    judgments: [{}, { deletable: 'unfinished' }],
    play: async ({ openOrder, move, send, tea }) => {
      const id = await openOrder(tea)
      await move(id, 'SENT')
      return (await send('DELETE', `/consignments/${id}`, undefined)).status
    },
    seen: [422, 204],
  },
  {
    name: 'a deleted order is looked at',
    judgments: [{}, { deletedConsignmentReadable: true }],
    play: async ({ openOrder, send, get }) => {
      const id = await openOrder()
      await send('DELETE', `/consignments/${id}`, undefined)
      return (await get(`/consignments/${id}`)).status
    },
    seen: [404, 200],
  },
  {
    name: 'a new line gives its order a new version, or not',
    judgments: [{}, { linesTouchConsignment: true }],
    play: async ({ openOrder, consignment, add, tea }) => {
      const id = await openOrder()
      const before = await consignment(id)
      await add(id, { product_id: tea, count: 1 })
      return Number((await consignment(id))['version']) > Number(before['version'])
    },
    seen: [false, true],
  },
  {
    name: 'a line that is not there is set',
    judgments: [{}, { putMakesLine: true }],
    play: async ({ openOrder, set, tea }) => (await set(await openOrder(), tea, { count: 1 })).status,
    seen: [404, 200],
  },
  {
    name: 'more is taken from a line than it has',
    judgments: [{ belowZero: 'zero' }, { belowZero: 'kept' }],
    play: async ({ openOrder, add, line, tea }) => {
      const id = await openOrder(tea)
      await add(id, { product_id: tea, count: -12 })
      return (await line(id, tea))['count']
    },
    seen: ['0.00000', '-2.00000'],
  },
  {
    name: 'nothing is written as received of a sent order',
    judgments: [{}, { zeroReceivedDispatches: false }],
    play: async ({ openOrder, move, set, consignment, tea }) => {
      const id = await openOrder(tea)
      await move(id, 'SENT')
      await set(id, tea, { received: 0 })
      return (await consignment(id))['status']
    },
    seen: ['DISPATCHED', 'SENT'],
  },
  {
    name: 'a product is added to a transfer that has left',
    judgments: [{}, { linesWhileSent: 'accumulate' }],
    play: async ({ openTransfer, move, add, tea, milk }) => {
      const id = await openTransfer(tea)
      await move(id, 'SENT')
      return (await add(id, { product_id: milk, count: 1 })).status
    },
    seen: [422, 200],
  },
  {
    name: 'a bulk of which the last item is bad',
    judgments: [{}, { bulkIsAtomic: false }],
    play: async ({ openOrder, bulk, lines, tea, hub }) => {
      const id = await openOrder()
      await bulk(id, [
        { product_id: tea, count: 1 },
        { product_id: hub, count: 1 },
      ])
      return (await lines(id)).length
    },
    seen: [0, 1],
  },
  {
    name: 'what came of a transfer on the way shows in its totals',
    judgments: [{}, { totalsHideEarlyReceipts: false }],
    play: async ({ openTransfer, move, set, get, tea }) => {
      const id = await openTransfer(tea)
      await move(id, 'SENT')
      await set(id, tea, { received: 4 })
      return rowsIn(await get(`/consignments/${id}/totals`))[0]?.['total_received_count']
    },
    seen: ['0.00000', '4.00000'],
  },
  {
    name: 'the status for what a rule forbids',
    judgments: [{}, { refusalStatus: 400 }],
    play: async ({ openOrder, add, composite }) =>
      (await add(await openOrder(), { product_id: composite, count: 1 })).status,
    seen: [422, 400],
  },
]

tellBothWays(cases)
