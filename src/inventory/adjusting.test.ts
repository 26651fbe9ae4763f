import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { refusalOf } from '#test/office.ts'
import { openCounter } from '#test/counter.ts'
import { until } from '#test/workers.ts'

test('a damaged cup is taken off the stock once, with its reason, and what Lightspeed then says is told', async () => {
  await using counter = await openCounter()
  const { cup, here } = counter
  const before = await counter.levelThere(cup, here)
  const id = await counter.adjust({ productId: cup, outletId: here, quantity: '-1.5', reason: 'damage' })
  await counter.work(id)
  const done = await counter.show(id)
  assert.deepEqual([done.state, done.failure, done.isAsked], ['done', null, false])
  const [told] = counter.toldItems(done)
  assert.deepEqual([told?.level, told?.by, told?.reason], [String(before - 1.5), '-1.5', 'DAMAGE'])
  assert.equal(await counter.levelThere(cup, here), before - 1.5)
  assert.deepEqual(await counter.audited(id), ['inventory.adjust_asked', 'inventory.adjust_done'])
})

test('a level is brought about by the difference to what lies there then, not to what we knew', async () => {
  await using counter = await openCounter()
  const { cup, here } = counter
  const before = await counter.levelThere(cup, here)
  const id = await counter.level({
    productId: cup,
    outletId: here,
    quantity: String(before + 4),
    reason: 'Counted again',
  })
  await counter.sell(cup, here, 3)
  await counter.work(id)
  assert.equal(await counter.levelThere(cup, here), before + 4)
  const [made] = await counter.adjustmentsThere()
  assert.deepEqual([made?.quantity, made?.reason], ['7.00000', 'STOCK_FOUND'])
  const again = await counter.level({ productId: cup, outletId: here, quantity: String(before + 4), reason: 'Counted' })
  await counter.work(again)
  assert.equal((await counter.adjustmentsThere()).length, 1)
})

const losses = [
  ['the answer is lost after it took effect', { kind: 'answer_lost' }],
  ['the gateway fails before it took effect', { kind: 'server_error', status: 502 }],
] as const

for (const [what, fault] of losses)
  test(`${what}: one adjustment`, async () => {
    await using counter = await openCounter()
    const { cup, here } = counter
    const before = await counter.levelThere(cup, here)
    counter.sim.trouble({ ...fault, method: 'POST', path: 'stock_adjustments', times: 1 })
    const id = await counter.adjust({ productId: cup, outletId: here, quantity: '-2', reason: 'theft' })
    const worker = await counter.hire()
    await until(async () => (await counter.show(id)).isAsked)
    await until(async () => (await counter.untilLate(id)) === 'done')
    await worker.stop()
    assert.equal((await counter.adjustmentsThere()).length, 1)
    assert.equal(await counter.levelThere(cup, here), before - 2)
  })

test('two alike at once, and both answers are lost: two adjustments', async () => {
  await using counter = await openCounter()
  const { cup, here } = counter
  const before = await counter.levelThere(cup, here)
  counter.sim.trouble({ kind: 'answer_lost', method: 'POST', path: 'stock_adjustments', times: 2 })
  const item = { productId: cup, outletId: here, quantity: '-2', reason: 'theft' }
  const ids = [await counter.adjust(item), await counter.adjust(item)]
  const worker = await counter.hire()
  for (const id of ids) await until(async () => (await counter.show(id)).state === 'done')
  await worker.stop()
  assert.equal((await counter.adjustmentsThere()).length, 2)
  assert.equal(await counter.levelThere(cup, here), before - 4)
})

test('a list is taken whole or not at all, and each row says what is wrong with it', async () => {
  await using counter = await openCounter()
  const { cup, pot, potSku, here } = counter
  const rows = [
    { product_id: cup, outlet_id: here, adjustment: '2', reason: 'stock found' },
    { product_id: pot, outlet_id: here, quantity: '1e3' },
    { productId: pot, outletId: here, adjustment: '0.000001' },
    { productId: pot, outletId: 'nowhere', adjustment: 'NaN', reason: 'damage' },
    { productId: pot, outletId: here, adjustment: '3', reason: 'damage' },
    { productId: pot, outletId: here },
    { outletId: here, adjustment: '1', colour: 'red' },
  ]
  const refused = await refusalOf(await counter.batch(rows))
  assert.deepEqual([refused.status, refused.code], [422, 'rows_not_valid'])
  assert.deepEqual(counter.wrongFields(refused.details), [
    [2, 'quantity'],
    [3, 'adjustment'],
    [4, 'adjustment'],
    [5, 'reason'],
    [6, 'quantity'],
    [7, 'colour'],
    [7, 'productId'],
  ])
  const twice = await refusalOf(await counter.batch([rows[0], rows[0]]))
  assert.match(twice.detail, /row 2: productId: is in row 1 already/)
  assert.match(
    (await refusalOf(await counter.batch([{ productId: 'gone', outletId: here, adjustment: '1' }]))).detail,
    /no such product/,
  )
  assert.deepEqual(await counter.wishes(), [])

  const ofCup = await counter.levelThere(cup, here)
  const id = await counter.take(await counter.batch([rows[0], { code: potSku, outletId: here, quantity: '7' }]))
  await counter.work(id)
  assert.deepEqual([await counter.levelThere(cup, here), await counter.levelThere(pot, here)], [ofCup + 2, 7])
  assert.equal(counter.sent('POST', 'stock_adjustments').length, 1)
})

test('nonsense is refused with its field, and a rehearsal says what would be sent and sends nothing', async () => {
  await using counter = await openCounter()
  const { cup, here } = counter
  for (const quantity of ['NaN', '1e3', '0.000001', '0', '1000000', ''])
    assert.match(
      (await refusalOf(await counter.post('adjustments', { productId: cup, outletId: here, quantity }))).detail,
      /quantity: /,
      quantity,
    )
  const tried = await counter.post('adjustments', { productId: cup, outletId: here, quantity: '-1', dryRun: true })
  assert.equal(tried.status, 200)
  assert.match(
    JSON.stringify(await tried.json()),
    /"method":"POST","path":"\/api\/2026-07\/stock_adjustments".*"quantity":"-1","reason":"INTERNAL_USE"/,
  )
  assert.deepEqual([await counter.wishes(), counter.sent('POST', 'stock_adjustments')], [[], []])
})

test('where Lightspeed knows no adjustments the level is set with the product, and never twice without a look', async () => {
  await using counter = await openCounter()
  const { cup, here } = counter
  await counter.judge({ offersStockAdjustments: false })
  const before = await counter.levelThere(cup, here)
  const first = await counter.adjust({ productId: cup, outletId: here, quantity: '-2' })
  await counter.work(first)
  assert.equal(await counter.levelThere(cup, here), before - 2)

  counter.sim.trouble({ kind: 'answer_lost', method: 'PUT', path: 'products/', times: 1 })
  const second = await counter.adjust({ productId: cup, outletId: here, quantity: '-2' })
  await counter.work(second)
  assert.equal(await counter.levelThere(cup, here), before - 4)

  const third = await counter.adjust({ productId: cup, outletId: here, quantity: '-2' })
  counter.sim.trouble({ kind: 'answer_lost', method: 'PUT', path: 'products/', times: 1 })
  counter.sim.trouble({ kind: 'server_error', method: 'GET', path: '/inventory', after: 2 })
  const puts = counter.sent('PUT', 'products/').length
  const worker = await counter.hire()
  await until(() => counter.sent('PUT', 'products/').length > puts)
  counter.sim.clearTrouble()
  await counter.sell(cup, here, 1)
  await until(async () => (await counter.show(third)).state === 'failed')
  await worker.stop()
  assert.match(String((await counter.show(third)).failure), /Count it, and adjust what is missing/)
  assert.equal(await counter.levelThere(cup, here), before - 7)
})

test('from the command line: by so many, to so many, and a list from a file', async () => {
  await using counter = await openCounter()
  const { cup, pot, potSku, here } = counter
  const of = `--product ${cup} --outlet ${here}`
  const wrong = await counter.consign(`inventory adjust ${of} --adjustment=1e3`)
  assert.equal(wrong.exitCode, 2)
  assert.match(wrong.stderr, /--adjustment: give a plain number/)
  const tried = await counter.consign(`inventory adjust ${of} --adjustment=-3 --reason damage --dry-run`)
  assert.match(tried.stdout, /Nothing was sent[^]*POST \/api\/2026-07\/stock_adjustments[^]*"quantity": "-3"/)
  assert.equal((await counter.consign(`inventory adjust ${of} --adjustment=-3 --reason damage`)).exitCode, 0)
  assert.equal((await counter.consign(`inventory update ${of} --quantity 20`)).exitCode, 0)
  const folder = mkdtempSync(join(tmpdir(), 'consign-rows-'))
  const file = join(folder, 'rows.csv')
  writeFileSync(file, `code;outlet_id;quantity;reason\n"${potSku}";${here};7;"Counted; twice"\n`)
  const bulk = await counter.consign(['inventory', 'bulk', '--file', file])
  assert.equal(bulk.exitCode, 0, bulk.stderr)
  writeFileSync(file, JSON.stringify([{ product_id: pot, outlet_id: here, quantity: 'NaN' }]))
  assert.match(
    (await counter.consign(['inventory', 'bulk', '--file', file])).stderr,
    /row 1: quantity: give a plain number/,
  )
  rmSync(folder, { recursive: true })
  const ids = (await counter.wishes()).map(({ id }) => id)
  await counter.work(...ids)
  assert.deepEqual([await counter.levelThere(cup, here), await counter.levelThere(pot, here)], [20, 7])
  assert.match((await counter.consign('queue writes')).stdout, /inventory\.adjust +done/)
  assert.match((await counter.consign(`queue writes --id ${ids[0]}`)).stdout, /inventory\.adjust is done/)
})
