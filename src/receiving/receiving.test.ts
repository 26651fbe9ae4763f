import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { milk, refusalOf, tea } from '#test/office.ts'
import { openDock } from '#test/dock.ts'

test('an order arrives in two deliveries, counted from zero, and what was counted is what was received', async () => {
  await using dock = await openDock()
  const { id } = await dock.sent({ [tea]: 10, [milk]: 2 })
  const monday = await dock.begin(id)
  assert.equal((await dock.show(id)).status, 'RECEIVING')
  const [before] = (await dock.receipt(id, monday)).lines
  assert.deepEqual([before?.expected, before?.counted, before?.here], ['10', null, '0'])
  const scanned = await dock.scan(id, monday, [
    { code: 'TEA', quantity: 4 },
    { code: 'TEA', quantity: 1, condition: 'damaged_in_transit' },
  ])
  assert.deepEqual(
    scanned.map(({ state, counted, damaged, expected }) => [state, counted, damaged, expected]),
    [
      ['counted', '4', '0', '10'],
      ['counted', '5', '1', '10'],
    ],
  )
  assert.equal((await dock.end(id, monday, 'more_to_come')).consignment.status, 'PARTIAL')
  assert.deepEqual(await dock.received(id), { [tea]: ['5', '1'], [milk]: [null, '0'] })

  const friday = await dock.begin(id)
  await dock.scan(id, friday, [
    { productId: tea, quantity: '5' },
    { code: 'MILK', quantity: 2 },
  ])
  assert.equal((await dock.end(id, friday, 'complete')).consignment.status, 'RECEIVED')
  assert.deepEqual(await dock.received(id), { [tea]: ['10', '1'], [milk]: ['2', '0'] })
  const { data } = await dock.deliveries(id)
  assert.deepEqual(
    data.map(({ position, outcome, scans, counted }) => [position, outcome, scans, counted]),
    [
      [1, 'more_to_come', 2, '5'],
      [2, 'complete', 2, '7'],
    ],
  )
})

test('a phone that sends its 300 scans twice has counted them once', async () => {
  await using dock = await openDock()
  const { id } = await dock.sent({ [tea]: 400 })
  const delivery = await dock.begin(id)
  const scans = Array.from({ length: 300 }, () => ({ id: randomUUID(), code: 'TEA', quantity: 1 }))
  const [first, second] = await Promise.all([dock.count(id, delivery, scans), dock.count(id, delivery, scans)])
  assert.equal(first.counts.counted + second.counts.counted, 300)
  assert.equal(first.counts.repeated + second.counts.repeated, 300)
  const third = await dock.count(id, delivery, scans)
  assert.deepEqual(third.counts, { counted: 0, repeated: 300, refused: 0 })
  assert.deepEqual(new Set(third.results.map(({ counted }) => counted)), new Set(['300']))
})

test('one bad scan among good ones is told apart, and the good ones count', async () => {
  await using dock = await openDock()
  const { id } = await dock.sent({ [tea]: 10 })
  const delivery = await dock.begin(id)
  const wrong: [object, string][] = [
    [{ quantity: '1e3' }, 'quantity'],
    [{ quantity: 'NaN' }, 'quantity'],
    [{ quantity: '1000000' }, 'quantity'],
    [{ quantity: '-1' }, 'quantity'],
    [{ quantity: '0' }, 'quantity'],
    [{ quantity: '--1' }, 'quantity'],
    [{ quantity: '0.000001' }, 'quantity'],
    [{ quantity: 0.1 + 0.2 }, 'quantity'],
    [{ condition: 'sad' }, 'condition'],
    [{ at: 'yesterday' }, 'at'],
    [{ id: 'mine' }, 'id'],
    [{ code: undefined }, 'code'],
    [{ code: undefined, productId: 'no-such' }, 'productId'],
    [{ code: 'A\0B' }, 'code'],
  ]
  const bad = wrong.map(([odd]) => ({ id: randomUUID(), code: 'TEA', quantity: '1', ...odd }))
  const good = { id: randomUUID(), code: 'TEA', quantity: '0.1' }
  const { counts, results } = await dock.count(id, delivery, [
    good,
    ...bad,
    { ...good, id: randomUUID(), quantity: '0.2' },
  ])
  assert.deepEqual(counts, { counted: 2, repeated: 0, refused: bad.length })
  assert.deepEqual(
    results.slice(1, -1).map(({ state, field }) => [state, field]),
    wrong.map(([, field], at) => ['refused', `scans.${at + 1}.${field}`]),
  )
  assert.equal(results.at(-1)?.counted, '0.3')
  for (const [at, scan] of bad.entries()) {
    const refused = await refusalOf(await dock.postScans(id, delivery, [scan]))
    assert.deepEqual([refused.status, refused.code], [422, 'scans_not_valid'])
    assert.match(JSON.stringify(refused.details), new RegExp(`"scans\\.0\\.${wrong[at]?.[1]}"`))
  }
})
