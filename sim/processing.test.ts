import { tellBothWays, type Case } from './consignments-both-ways.ts'
import { until, type Scene } from './consignments-scene.ts'
import { rowIn } from './visitor.ts'

/** Receives ten pieces at 4.00 and tells the average cost that comes of it. */
async function costAfterReceipt(scene: Scene): Promise<number> {
  await scene.setStock(scene.tea, scene.shop, { inventory_level: 30, current_amount: 30, average_cost: 2 })
  const id = await scene.openOrder(scene.tea)
  await scene.move(id, 'SENT')
  await scene.set(id, scene.tea, { received: 10 })
  await scene.move(id, 'RECEIVED')
  const arrived = await until(
    () => scene.stock(scene.tea, scene.shop),
    ({ level }) => level === 40,
  )
  return arrived.cost
}

const cases: Case[] = [
  {
    name: 'the average cost after goods came at another price',
    judgments: [{}, { averageCost: 'last' }],
    play: costAfterReceipt,
    seen: [2.5, 4],
  },
  {
    name: 'the average cost stays when it is judged to stay',
    judgments: [{ averageCost: 'unchanged' }, {}],
    play: costAfterReceipt,
    seen: [2, 2.5],
  },
  {
    name: 'a receipt sets the price at which a product is bought',
    judgments: [{}, { receiptSetsSupplyPrice: true }],
    play: async (scene) => {
      await costAfterReceipt(scene)
      return rowIn(await scene.get(`/products/${scene.tea}`))['supply_price'] === 4
    },
    seen: [false, true],
  },
  {
    name: 'a transfer brings its cost along',
    judgments: [{}, { transfersCarryCost: false }],
    play: async (scene) => {
      const { tea, hub, shop } = scene
      await scene.setStock(tea, hub, { inventory_level: 30, current_amount: 30, average_cost: 8 })
      await scene.setStock(tea, shop, { inventory_level: 10, current_amount: 10, average_cost: 2 })
      const id = await scene.openTransfer(tea)
      await scene.move(id, 'SENT')
      await scene.set(id, tea, { received: 10 })
      await scene.move(id, 'RECEIVED')
      const arrived = await until(
        () => scene.stock(tea, shop),
        ({ level }) => level === 20,
      )
      return arrived.cost
    },
    seen: [5, 2],
  },
  {
    name: 'two filters of a count find what either finds, or what both find',
    judgments: [{}, { filtersCombine: 'all' }],
    play: async (scene) => {
      const filters = [scene.tea, scene.milk].map((value) => ({ type: 'product', value }))
      return (await scene.lines(await scene.startCount(filters))).length
    },
    seen: [2, 0],
  },
  {
    name: 'a product counted outside the filters is posted, or not',
    judgments: [{}, { unplannedCountsPosted: false }],
    play: async (scene) => {
      const { tea, milk, shop } = scene
      const id = await scene.startCount([{ type: 'product', value: tea }])
      const [before, planned] = [await scene.stock(milk, shop), await scene.stock(tea, shop)]
      await scene.add(id, { product_id: milk, received: before.level + 4 })
      await scene.set(id, tea, { received: planned.level + 1 })
      await scene.move(id, 'STOCKTAKE_COMPLETE')
      await until(
        () => scene.stock(tea, shop),
        ({ level }) => level === planned.level + 1,
      )
      await until(
        () => scene.line(id, milk),
        (line) => line['status'] === 'STOCKTAKE_SUCCESS',
        100,
      )
      return (await scene.stock(milk, shop)).level - before.level
    },
    seen: [4, 0],
  },
  {
    name: 'a product is taken out of a running count',
    judgments: [{}, { countedLinesRemovable: false }],
    play: async (scene) => {
      const id = await scene.startCount([{ type: 'product', value: scene.tea }])
      return (await scene.send('DELETE', `/consignments/${id}/products/${scene.tea}`)).status
    },
    seen: [204, 422],
  },
]

tellBothWays(cases)
