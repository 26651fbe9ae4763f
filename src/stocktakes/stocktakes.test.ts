import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { refusalOf } from '#test/office.ts'
import { clock, openStocktaking } from '#test/stocktaking.ts'

test('a shelf is counted by two people, reviewed and posted: Lightspeed has what was counted, and nothing else moves', async () => {
  await using shop = await openStocktaking()
  const [tea = '', milk = '', cups = ''] = shop.products
  const before = shop.levels()
  const id = await shop.open([tea, milk, cups])
  const anna = await shop.hireHand('anna', 'consignments:receive', 'consignments:read')
  await shop.counted(id, [{ productId: tea, quantity: '4', area: 'Window' }], anna)
  const { status, counts } = await shop.counted(id, [
    { productId: tea, quantity: '3', area: 'Back room' },
    { productId: milk, quantity: String(shop.levelOf(milk)) },
  ])
  assert.deepEqual([status, counts.find(({ productId }) => productId === tea)?.counted], ['RECEIVING', '7'])
  await shop.move(id, 'RECEIVED')
  assert.deepEqual(
    (await shop.uncounted(id)).data.map(({ productId }) => productId),
    [cups],
  )
  assert.equal((await shop.decide(id, 'leave')).status, 200)
  await shop.postAll(id)
  assert.deepEqual(shop.levels(), new Map([...before, [tea, 7]]))
  assert.equal((await shop.show(id)).status, 'CLOSED')
  assert.equal(shop.adjustments().length, before.get(tea) === 7 ? 0 : 1)
})

test('a count that nobody has touched goes no further, and nothing in Lightspeed changes', async () => {
  await using shop = await openStocktaking()
  const before = shop.levels()
  const id = await shop.open(shop.products.slice(0, 3))
  await shop.move(id, 'RECEIVING')
  const move = async (to: 'RECEIVED' | 'CLOSED') =>
    refusalOf(await shop.one.transitions.$post({ param: { id }, json: { to } }))
  assert.deepEqual((await move('RECEIVED')).code, 'count_untouched')
  assert.deepEqual((await move('CLOSED')).code, 'transition_not_lawful')
  assert.equal((await shop.show(id)).status, 'RECEIVING')
  assert.deepEqual(shop.levels(), before)
  assert.deepEqual(shop.adjustments(), [])
  assert.deepEqual(await shop.remotes(), [])
})

test('what is sold before, between and after the counts falsifies nothing: the stock in the end is the truth', async () => {
  await using shop = await openStocktaking()
  const [tea = '', milk = ''] = shop.products
  // Truly there are two teas less and one milk more than Lightspeed says.
  const truth = new Map([
    [tea, shop.levelOf(tea) - 2],
    [milk, shop.levelOf(milk) + 1],
  ])
  const sell = async (product: string, quantity: number) => {
    await shop.sell(product, quantity)
    truth.set(product, (truth.get(product) ?? 0) - quantity)
  }
  const look = (product: string) => ({ productId: product, quantity: String(truth.get(product)), at: clock() })
  const id = await shop.open([tea, milk])
  await sell(tea, 1)
  await shop.counted(id, [look(tea)])
  await sell(tea, 2)
  await sell(milk, 3)
  await shop.sync('inventory', 'sales')
  await shop.counted(id, [look(milk)])
  await sell(milk, 1)
  await shop.sync('inventory', 'sales')
  await shop.move(id, 'RECEIVED')
  await sell(tea, 1)
  const { data } = await shop.variances(id)
  assert.deepEqual(
    new Map(data.map(({ productId, variance }) => [productId, variance])),
    new Map([
      [tea, '-2'],
      [milk, '1'],
    ]),
  )
  await shop.sync('inventory', 'sales')
  const { digest } = await shop.simulate(id)
  await sell(milk, 1)
  assert.equal((await shop.post(id, digest)).status, 200)
  await sell(tea, 1)
  const worker = await shop.hire()
  await shop.until(id, 'synced')
  await worker.stop()
  assert.deepEqual([shop.levelOf(tea), shop.levelOf(milk)], [truth.get(tea), truth.get(milk)])
})

test('a phone that sends its counts twice, or a thousand at once, counts once', async () => {
  await using shop = await openStocktaking()
  const [tea = ''] = shop.products
  const id = await shop.open([tea])
  const scans = Array.from({ length: 1000 }, () => ({ id: randomUUID(), productId: tea, quantity: '1', at: clock() }))
  const [one, two] = await Promise.all([shop.counted(id, scans), shop.counted(id, scans)])
  assert.deepEqual([one.stored + two.stored, one.repeated + two.repeated], [1000, 1000])
  assert.deepEqual(
    two.counts.map(({ counted }) => counted),
    ['1000'],
  )
})

test('twenty people count the same product at once: it adds up', async () => {
  await using shop = await openStocktaking()
  const [tea = ''] = shop.products
  const id = await shop.open([tea])
  await Promise.all(Array.from({ length: 20 }, () => shop.counted(id, [{ productId: tea, quantity: '1.5' }])))
  const { counts } = await shop.counted(id, [{ productId: tea, quantity: '-1.5' }])
  assert.deepEqual(
    counts.map(({ counted }) => counted),
    ['28.5'],
  )
})

test('who counted a line does not count it again; what another finds replaces it, and both are kept', async () => {
  await using shop = await openStocktaking()
  const [tea = ''] = shop.products
  const id = await shop.open([tea])
  const anna = await shop.hireHand('anna', 'consignments:receive', 'consignments:read')
  await shop.counted(id, [{ productId: tea, quantity: '1' }], anna)
  await shop.move(id, 'RECEIVED')
  const { lines } = await shop.show(id)
  const lineId = lines[0]?.id ?? ''
  const param = { id }
  const asked = await shop.one.recounts.$post({ param, json: { lineIds: [lineId], reason: 'Far too few' } })
  assert.equal(asked.status, 200)
  const again = (headers: Record<string, string>) =>
    shop.one.recounts.counts.$post({ param, json: { counts: [{ lineId, quantity: '9', at: clock() }] } }, { headers })
  const refused = await refusalOf(await again(anna))
  assert.deepEqual([refused.status, refused.code], [403, 'recount_by_counter'])
  assert.equal((await again({})).status, 200)
  const [found] = (await shop.variances(id)).data
  assert.deepEqual([found?.counted, found?.basis, found?.counters.length], ['9', 'recounted', 1])
  const kept = await shop.db.selectFrom('scan_event').select('quantity').execute()
  assert.deepEqual(kept, [{ quantity: '1.00000' }])
})

test('a count that is cancelled while it goes on leaves Lightspeed as it was', async () => {
  await using shop = await openStocktaking()
  const [tea = ''] = shop.products
  const before = shop.levels()
  const id = await shop.open([tea])
  await shop.counted(id, [{ productId: tea, quantity: '999' }])
  await shop.move(id, 'CANCELLED')
  const late = await refusalOf(await shop.count(id, [{ productId: tea, quantity: '1' }]))
  assert.equal(late.code, 'edit_not_lawful')
  assert.deepEqual(shop.levels(), before)
  assert.deepEqual(shop.adjustments(), [])
})
