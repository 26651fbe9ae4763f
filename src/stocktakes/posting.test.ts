import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { refusalOf } from '#test/office.ts'
import { clock, openStocktaking } from '#test/stocktaking.ts'
import { until } from '#test/workers.ts'

test('while the health is red, or writing is off, an accepted count waits and says why; then it is told', async () => {
  await using shop = await openStocktaking()
  const [tea = ''] = shop.products
  const before = shop.levelOf(tea)
  await shop.db
    .insertInto('lightspeed_call')
    .values(Array.from({ length: 200 }, failedCall))
    .execute()
  await until(async () => (await shop.house.grade()).grade === 'red')
  const id = await underReview(shop, tea, before - 1)
  const worker = await shop.hire()
  const { digest } = await shop.simulate(id)
  const posted = await (await shop.one.posting.$post({ param: { id }, json: { digest } })).json()
  assert.match(posted.waitsFor ?? '', /^The health is red: .*fail at Lightspeed/)
  await until(async () => (await putOff(shop)) > 0)
  assert.deepEqual([shop.levelOf(tea), await shop.linkOf(id)], [before, 'queued'])
  await sql`delete from lightspeed_call where status = 503`.execute(shop.db)
  await until(async () => (await shop.house.grade()).grade !== 'red')
  await sql`update pgboss.job set start_after = now() where name = 'lightspeed.push'`.execute(shop.db)
  await shop.until(id, 'synced')
  await worker.stop()
  assert.equal(shop.levelOf(tea), before - 1)
})

test('ten people count one shelf at once, blind: it adds up, and nobody is told what was expected', async () => {
  await using shop = await openStocktaking()
  const [tea = '', milk = ''] = shop.products
  const id = await shop.draft()
  const filters = [tea, milk].map((value) => ({ type: 'product' as const, value }))
  await shop.scope(id, { filters, blind: true })
  await shop.move(id, 'OPEN')
  const hands = await Promise.all(
    Array.from({ length: 10 }, (_, at) => shop.hireHand(`hand-${at}`, 'consignments:receive', 'consignments:read')),
  )
  const answers = await Promise.all(
    hands.flatMap((hand) => [tea, milk].map((productId) => shop.counted(id, [{ productId, quantity: '2.5' }], hand))),
  )
  const [hand = {}] = hands
  const told = [
    answers,
    await (await shop.one.counts.$get({ param: { id }, query: {} }, { headers: hand })).json(),
    await (await shop.one.uncounted.$get({ param: { id }, query: {} }, { headers: hand })).json(),
    await (await shop.one.$get({ param: { id } }, { headers: hand })).json(),
  ]
  assert.doesNotMatch(JSON.stringify(told), /expected|onHand|level|variance/i)
  for (const what of ['variances', 'simulation'] as const) {
    const path = `/api/v1/consignments/${id}/${what}`
    const answer = await shop.app.request(path, { method: what === 'variances' ? 'GET' : 'POST', headers: hand })
    assert.equal(answer.status, 403, what)
  }
  const { data } = await (await shop.one.counts.$get({ param: { id }, query: {} })).json()
  assert.deepEqual(
    data.map(({ counted, counters }) => [counted, counters.length]),
    [
      ['25', 10],
      ['25', 10],
    ],
  )
})

test('what one count has put right another does not put right again: somebody looks once more', async () => {
  await using shop = await openStocktaking()
  const [tea = ''] = shop.products
  const truth = shop.levelOf(tea) - 2
  const [first, second] = [await underReview(shop, tea, truth), await underReview(shop, tea, truth)]
  const worker = await shop.hire()
  await until(async () => (await shop.house.grade()).grade === 'green')
  const post = async (id: string) => {
    const { digest } = await shop.simulate(id)
    assert.equal((await shop.post(id, digest)).status, 200)
    await shop.until(id, 'synced')
    assert.equal(shop.levelOf(tea), truth)
  }
  await post(first)
  await shop.sync('inventory')
  const refused = await refusalOf(await shop.one.simulation.$post({ param: { id: second }, json: {} }))
  assert.equal(refused.code, 'counted_elsewhere')
  const { lines } = await shop.show(second)
  const lineId = lines[0]?.id ?? ''
  const recounts = shop.one.recounts
  await recounts.$post({ param: { id: second }, json: { lineIds: [lineId] } })
  const headers = await shop.hireHand('anna', 'consignments:receive', 'consignments:read')
  const counts = [{ lineId, quantity: String(truth), at: clock() }]
  assert.equal((await recounts.counts.$post({ param: { id: second }, json: { counts } }, { headers })).status, 200)
  await shop.sync('inventory')
  await post(second)
  await worker.stop()
})

test('differences above the limit are approved by somebody else, of this very result, and then posted', async () => {
  await using shop = await openStocktaking()
  const [tea = ''] = shop.products
  await sql`update approval_tier set is_on = true, up_to = case when up_to is null then null else 1 end
    where type = 'STOCKTAKE'`.execute(shop.db)
  const id = await underReview(shop, tea, shop.levelOf(tea) + 5)
  await sql`update consignment_line set unit_cost = 100 where consignment_id = ${id}`.execute(shop.db)
  const clerk = await shop.hireHand('clerk', 'stocktakes:review', 'consignments:read', 'consignments:close')
  const param = { id }
  const simulated = await shop.one.simulation.$post({ param, json: {} }, { headers: clerk })
  const { digest } = await simulated.json()
  const post = (headers: Record<string, string> = {}) =>
    shop.one.posting.$post({ param, json: { digest } }, { headers })
  const approve = (headers: Record<string, string> = {}) =>
    shop.one['variance-approval'].$post({ param, json: { digest: digest.slice(0, 12) } }, { headers })
  assert.equal((await refusalOf(await post(clerk))).code, 'variance_not_approved')
  assert.equal((await refusalOf(await approve(clerk))).code, 'variance_not_approved')
  assert.equal((await approve()).status, 200)
  assert.equal((await post(clerk)).status, 200)
})

test('nobody approves the differences that he simulated himself, not even the administrator', async () => {
  await using shop = await openStocktaking()
  const [tea = ''] = shop.products
  await sql`update approval_tier set is_on = true, up_to = case when up_to is null then null else 1 end
    where type = 'STOCKTAKE'`.execute(shop.db)
  const id = await underReview(shop, tea, shop.levelOf(tea) + 900)
  const { digest } = await shop.simulate(id)
  const refused = await refusalOf(await shop.post(id, digest))
  assert.deepEqual([refused.code, /somebody else approves/.test(refused.detail)], ['variance_not_approved', true])
  await shop.api.api.v1['approval-rules'].$patch({ json: { ownAllowed: true } })
  assert.equal((await shop.post(id, digest)).status, 200)
})

type Shop = Awaited<ReturnType<typeof openStocktaking>>

/** One product, counted by the administrator. */
async function underReview(shop: Shop, productId: string, quantity: number) {
  const id = await shop.open([productId])
  await shop.counted(id, [{ productId, quantity: String(quantity) }])
  await shop.move(id, 'RECEIVED')
  await shop.sync('inventory')
  return id
}

function failedCall() {
  const [path, at] = ['/api/2.0/sales', new Date()]
  return { at, method: 'GET', path, endpoint: path, duration_ms: 5, status: 503, attempt: 1 }
}

/** Pushes that were put off. */
async function putOff({ db }: Shop) {
  const { rows } = await sql<{ jobs: number }>`
    select count(*)::int as jobs from pgboss.job where name = 'lightspeed.push' and start_after > now()`.execute(db)
  return rows[0]?.jobs ?? 0
}
