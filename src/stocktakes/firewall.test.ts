import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { refusalOf } from '#test/office.ts'
import { openStocktaking } from '#test/stocktaking.ts'

const acts = ['open', 'count', 'begin', 'review', 'leave', 'zero', 'recount', 'sync', 'simulate', 'post'] as const
const rash = ['close', 'postBlind', 'push', 'redraft', 'cancel', 'countLate', 'archive', 'readSales'] as const

type Act = (typeof acts)[number] | (typeof rash)[number]

/** Whole ways through a count, with steps left out, doubled, and such as nobody should take. */
const way = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(...rash, ...acts)), { maxLength: 7 }),
  )
  .map(([missing, more]): Act[] => {
    const kept = acts.filter((_, at) => !missing.includes(at))
    return more.reduce<Act[]>((all, [at, act]) => all.toSpliced(at, 0, act), [...kept])
  })

test('whatever people do in whatever order: nothing reaches Lightspeed but what was frozen, decided and accepted', async () => {
  await using shop = await openStocktaking()
  const allDone = { posted: 0, not: 0 }
  const worker = await shop.hire()
  await fc.assert(
    fc.asyncProperty(way, async (steps) => {
      const before = shop.levels()
      const made = shop.adjustments().length
      const id = await shop.draft(shop.products.slice(0, 3))
      const count = await playOut(shop, id, steps)
      const head = await shop.show(id)
      if (head.status === 'CLOSED' || head.status === 'ARCHIVED') {
        await shop.until(id, 'synced')
        await mustBeSafe(shop, id)
        allDone.posted += 1
      } else {
        assert.equal(shop.adjustments().length, made, `${steps.join()}: nothing was posted`)
        allDone.not += 1
      }
      assert.deepEqual(await shop.remotes(), [], 'no count was made in Lightspeed')
      const touched = new Set(shop.products.slice(0, 3))
      for (const [product, level] of before)
        if (!touched.has(product)) assert.equal(shop.levels().get(product), level, `${product} is no part of it`)
      if (count.left) for (const product of count.left) assert.equal(shop.levels().get(product), before.get(product))
    }),
    { numRuns: 12, seed: 63 },
  )
  await worker.stop()
  assert.ok(allDone.posted > 0 && allDone.not > 0, JSON.stringify(allDone))
})

test('the database itself refuses to close a count that was not frozen, decided and accepted, whoever asks', async () => {
  await using shop = await openStocktaking()
  const id = await shop.open(shop.products.slice(0, 2))
  await shop.counted(id, [{ productId: shop.products[0] ?? '', quantity: '3' }])
  await shop.move(id, 'RECEIVED')
  const close = () => sql`update consignment set status = 'CLOSED' where id = ${id}`.execute(shop.db)
  await assert.rejects(close, /were not frozen, lines are undecided, or nobody accepted/)
  await shop.decide(id, 'leave')
  await assert.rejects(close, /nobody accepted/)
  const refused = await refusalOf(await shop.one.transitions.$post({ param: { id }, json: { to: 'CLOSED' } }))
  assert.equal(refused.code, 'count_not_accepted')
})

test('what a push of a count would tell: nothing before it is posted, then the differences, then nothing more', async () => {
  await using shop = await openStocktaking()
  const [tea = ''] = shop.products
  const id = await shop.open([tea])
  const { number } = await shop.show(id)
  const push = async (more = '') => shop.consign(`consignment push ${number} ${more}`)
  assert.match((await push('--dry-run')).stdout, /Nothing would be sent: Lightspeed is told nothing of a count before/)
  const early = await push()
  assert.deepEqual([early.exitCode, /never made there/.test(early.stderr)], [3, true])
  await shop.counted(id, [{ productId: tea, quantity: '99' }])
  await shop.move(id, 'RECEIVED')
  await shop.sync('inventory')
  const { digest } = await shop.simulate(id)
  await shop.post(id, digest)
  assert.match((await push('--dry-run')).stdout, /^POST \/api\/2026-07\/stock_adjustments$/m)
  const worker = await shop.hire()
  await shop.until(id, 'synced')
  await worker.stop()
  assert.match((await push('--dry-run')).stdout, /is as it should be there/)
  assert.equal(shop.levelOf(tea), 99)
})

type Shop = Awaited<ReturnType<typeof openStocktaking>>

/** Does one after the other, and does not mind a "no". */
async function playOut(shop: Shop, id: string, steps: readonly Act[]) {
  const [tea = '', milk = ''] = shop.products
  const seen = { digest: 'a5'.repeat(32) }
  const move = (to: 'DRAFT' | 'OPEN' | 'RECEIVING' | 'RECEIVED' | 'CLOSED' | 'ARCHIVED' | 'CANCELLED') =>
    shop.one.transitions.$post({ param: { id }, json: { to, reason: 'Rash' } })
  const { lines } = await shop.show(id)
  const lineId = lines[0]?.id ?? ''
  const doing: Record<Act, () => Promise<unknown>> = {
    open: () => move('OPEN'),
    begin: () => move('RECEIVING'),
    count: () => shop.count(id, [{ productId: tea, quantity: '4' }]),
    countLate: () => shop.count(id, [{ productId: milk, quantity: '2' }]),
    review: () => move('RECEIVED'),
    leave: () => shop.decide(id, 'leave'),
    zero: () => shop.decide(id, 'zero', [lineId]),
    recount: () => shop.one.recounts.$post({ param: { id }, json: { lineIds: [lineId] } }),
    sync: () => shop.sync('inventory'),
    simulate: async () => {
      const answer = await shop.one.simulation.$post({ param: { id }, json: {} })
      if (answer.status !== 200) return answer
      seen.digest = (await answer.json()).digest
      return undefined
    },
    post: () => shop.post(id, seen.digest),
    postBlind: () => shop.post(id, '0'.repeat(64)),
    push: () => shop.one.pushes.$post({ param: { id }, json: {} }),
    close: () => move('CLOSED'),
    archive: () => move('ARCHIVED'),
    redraft: () => move('DRAFT'),
    cancel: () => move('CANCELLED'),
    readSales: () => shop.sync('sales'),
  }
  for (const step of steps) {
    const answer = await doing[step]()
    if (answer instanceof Response) assert.ok(answer.status < 500, `${step} breaks: ${await answer.text()}`)
  }
  const { data } = await (await shop.one.counts.$get({ param: { id }, query: {} })).json()
  const untouched = data.filter(({ decision, counted }) => counted === null && decision !== 'zero')
  return { left: untouched.map(({ productId }) => productId) }
}

async function mustBeSafe({ db }: Shop, id: string) {
  const { rows } = await sql<{ frozen: boolean; undecided: number; accepted: boolean; beside: number }>`
    select s.frozen_at is not null as frozen, made.digest is not null and p.accepted_by is not null as accepted,
      (select count(*)::int from consignment_line as l where l.consignment_id = s.consignment_id
        and l.received is null and coalesce(l.decision, '') not in ('leave', 'zero')) as undecided,
      (select count(*)::int from stocktake_adjustment as a join consignment_line as l on l.id = a.line_id
        where a.consignment_id = s.consignment_id and l.received is null and l.decision is distinct from 'zero') as beside
    from stocktake as s join stocktake_posting as p using (consignment_id)
    join stocktake_simulation as made on made.id = p.simulation_id where s.consignment_id = ${id}`.execute(db)
  assert.deepEqual(rows, [{ frozen: true, undecided: 0, accepted: true, beside: 0 }])
}
