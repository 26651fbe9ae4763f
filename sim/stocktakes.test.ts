import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openScene, textOf, until, type Scene } from './consignments-scene.ts'
import { rowIn, rowsIn } from './visitor.ts'

const processed = 'STOCKTAKE_IN_PROGRESS_PROCESSED'

const linesOfCount = async ({ get }: Scene, id: string) =>
  rowsIn(await get(`/consignments/${id}/products?page_size=1000`))

const cents = (value: unknown) => Math.round(Number(value) * 100)

const productFilter = (value: string) => [{ type: 'product', value }]

test('a count of everything names every product with what should be there', async () => {
  await using scene = await openScene()
  const id = await scene.startCount()
  const lines = await linesOfCount(scene, id)
  const tracked = (await scene.visitor.walk('/products')).filter((row) => row['has_inventory'] === true)
  assert.equal(lines.length, tracked.length)
  const tea = lines.find((line) => line['product_id'] === scene.tea)
  assert.equal(Number(tea?.['count']), (await scene.stock(scene.tea, scene.shop)).level)
  assert.deepEqual([tea?.['received'], tea?.['is_included'], tea?.['status']], ['0.00000', true, 'PENDING'])
})

test('completing an unfiltered count that nobody counted sets every product to zero', async () => {
  await using scene = await openScene()
  const elsewhere = await scene.stock(scene.tea, scene.hub)
  const id = await scene.startCount()
  assert.equal((await scene.move(id, 'STOCKTAKE_COMPLETE')).status, 200)
  await until(
    () => linesOfCount(scene, id),
    (lines) => lines.every((line) => line['status'] === 'STOCKTAKE_SUCCESS'),
  )
  const levels = await Promise.all(scene.things.slice(0, 12).map((row) => scene.stock(textOf(row, 'id'), scene.shop)))
  assert.deepEqual([...new Set(levels.map(({ level }) => level))], [0])
  assert.equal((await scene.stock(scene.tea, scene.hub)).level, elsewhere.level)
})

test('a count of one brand leaves the other products alone', async () => {
  await using scene = await openScene()
  const brand = textOf(
    scene.things.find((row) => row['brand_id'] !== undefined),
    'brand_id',
  )
  const id = await scene.startCount([{ type: 'brand', value: brand }])
  const counted = (await linesOfCount(scene, id)).map((line) => line['product_id'])
  const ofBrand = (await scene.visitor.walk('/products')).filter(
    (row) => row['has_inventory'] === true && row['brand_id'] === brand,
  )
  assert.deepEqual(new Set(counted), new Set(ofBrand.map((row) => row['id'])))
})

test('what two people counted adds up, and the variance is told in pieces and money', async () => {
  await using scene = await openScene()
  const { tea, milk, shop } = scene
  const before = { tea: await scene.stock(tea, shop), milk: await scene.stock(milk, shop) }
  const filters = [tea, milk].map((value) => ({ type: 'product', value }))
  const id = await scene.startCount(filters)
  await scene.add(id, { product_id: tea, received: before.tea.level })
  await scene.add(id, { product_id: tea, received: 3 })
  await scene.set(id, milk, { received: before.milk.level + 5 })
  await scene.set(id, milk, { received: before.milk.level - 1 })
  const done = rowIn(await scene.move(id, 'STOCKTAKE_COMPLETE'))
  assert.deepEqual([done['total_count_gain'], done['total_count_loss']], [3, 1])
  assert.deepEqual(
    [cents(done['total_cost_gain']), cents(done['total_cost_loss'])],
    [cents(3 * before.tea.cost), cents(before.milk.cost)],
  )
  const after = await until(
    () => scene.stock(tea, shop),
    ({ level }) => level === before.tea.level + 3,
  )
  assert.equal(after.level, before.tea.level + 3)
  assert.equal((await scene.stock(milk, shop)).level, before.milk.level - 1)
})

test('a sale during the count is lost when it is posted, unless differences are posted', async () => {
  for (const [stocktakePosts, expected] of [
    ['absolute', 0],
    ['difference', -2],
  ] as const) {
    await using scene = await openScene({ stocktakePosts })
    const { tea, shop } = scene
    const before = await scene.stock(tea, shop)
    const id = await scene.startCount(productFilter(tea))
    await scene.set(id, tea, { received: before.level })
    await scene.setStock(tea, shop, { inventory_level: before.level - 2, current_amount: before.level - 2 })
    await scene.move(id, 'STOCKTAKE_COMPLETE')
    await until(
      () => scene.line(id, tea),
      (line) => line['status'] === 'STOCKTAKE_SUCCESS',
    )
    assert.equal((await scene.stock(tea, shop)).level - before.level, expected)
  }
})

test('a count can be completed only when the job has filled it, and its filters stay', async () => {
  await using scene = await openScene({ stocktakeJobMs: 60_000 })
  const id = await scene.create({
    type: 'STOCKTAKE',
    status: 'STOCKTAKE_IN_PROGRESS',
    filters: productFilter(scene.tea),
  })
  assert.equal((await scene.move(id, 'STOCKTAKE_COMPLETE')).status, 422)
  assert.equal((await scene.move(id, processed)).status, 422)
  const changed = { ...(await scene.consignment(id)), filters: productFilter(scene.milk) }
  assert.equal((await scene.send('PUT', `/consignments/${id}`, changed)).status, 422)
  assert.equal((await scene.move(id, 'CANCELLED')).status, 200)
})

test('a count takes at most 25 filters, of the five kinds', async () => {
  await using scene = await openScene()
  const filters = (count: number, type = 'product') =>
    scene.send('POST', '/consignments', {
      name: 'Count',
      type: 'STOCKTAKE',
      outlet_id: scene.shop,
      filters: Array.from({ length: count }, () => ({ type, value: scene.tea })),
    })
  assert.deepEqual([(await filters(25)).status, (await filters(26)).status], [201, 400])
  assert.equal((await filters(1, 'colour')).status, 400)
})
