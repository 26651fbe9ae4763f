import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { startConsign } from '#test/process.ts'
import { openStocktaking } from '#test/stocktaking.ts'
import { rescueAll, until } from '#test/workers.ts'

/** What posting asks of Lightspeed, one after the other; of each the worker is killed with the answer half read. */
const steps = [
  ['Lightspeed has put the stock right and nobody has read it', 'POST', 1],
  ['what it did is read back', 'GET', 1],
] as const

for (const [when, method, nth] of steps)
  test(`killed when ${when}: each difference is told once, and the stock is the truth`, async () => {
    await using shop = await openStocktaking()
    const { id, truth } = await acceptedCount(shop)
    shop.sim.trouble({ kind: 'endless', method, path: 'stock_adjustments', ms: 60_000, after: nth - 1, times: 1 })
    await using consign = startConsign(['worker'], shop.settings)
    await until(() => sent(shop, method).length >= nth)
    await consign.end('SIGKILL')
    shop.sim.clearTrouble()
    await sql`update pgboss.job set started_on = started_on - interval '1 minute' where state = 'active'`.execute(
      shop.db,
    )
    await rescueAll(shop.database)
    await settle(shop, id)
    told(shop, truth)
  })

test('the answer is lost, then Lightspeed is busy, then it fails: each difference is told once', async () => {
  await using shop = await openStocktaking()
  const { id, truth } = await acceptedCount(shop)
  const path = 'stock_adjustments'
  shop.sim.trouble({ kind: 'answer_lost', method: 'POST', path, times: 1 })
  shop.sim.trouble({ kind: 'server_error', method: 'GET', path, times: 1 })
  await settle(shop, id)
  told(shop, truth)
})

type Shop = Awaited<ReturnType<typeof openStocktaking>>

/** Three products, of which one is short, one over, and one is gone; accepted, and not told yet. */
async function acceptedCount(shop: Shop) {
  const [tea = '', milk = '', cups = ''] = shop.products
  const truth = new Map(shop.levels())
  truth
    .set(tea, (truth.get(tea) ?? 0) - 2)
    .set(milk, (truth.get(milk) ?? 0) + 3)
    .set(cups, 0)
  const id = await shop.open([tea, milk, cups])
  await shop.counted(
    id,
    [tea, milk].map((productId) => ({ productId, quantity: String(truth.get(productId)) })),
  )
  await shop.move(id, 'RECEIVED')
  await shop.decide(id, 'zero')
  await shop.sync('inventory')
  const { digest } = await shop.simulate(id)
  assert.equal((await shop.post(id, digest)).status, 200)
  return { id, truth }
}

/** A worker goes on; what was on its way has arrived by then, or never will. */
async function settle(shop: Shop, id: string) {
  const worker = await shop.hire()
  const late = setInterval(() => void letTimePass(shop), 200)
  try {
    await shop.until(id, 'synced', 30_000)
  } finally {
    clearInterval(late)
    await worker.stop()
  }
}

/** Half a minute later. */
async function letTimePass({ db }: Shop) {
  await sql`update stocktake_batch set asked_at = asked_at - interval '1 minute' where done_at is null`.execute(db)
  await sql`update pgboss.job set start_after = now() where name = 'lightspeed.push' and state = 'retry'`.execute(db)
}

function sent({ sim }: Shop, method: string) {
  return sim.requests.filter((one) => one.method === method && one.path.includes('stock_adjustments'))
}

function told(shop: Shop, truth: ReadonlyMap<string, number>) {
  assert.deepEqual(shop.levels(), truth)
  assert.equal(shop.adjustments().length, 3)
}
