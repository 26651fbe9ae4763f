import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { openWorld } from '#test/world.ts'
import { readDecimal, sayDecimal } from './decimal.ts'
import { lineTotal, moneyOf, readUnitCost, sayUnitCost } from './money.ts'
import { readQuantity, sayQuantity } from './quantity.ts'

const anyQuantity = fc.bigInt({ min: 0n, max: 99_999_999_999n })
const anyCost = fc.bigInt({ min: 0n, max: 999_999_999_999n })

test('a tenth and two tenths are three tenths', () => {
  assert.equal(sayQuantity(quantityOf('0.1') + quantityOf('0.2')), '0.3')
  assert.equal(sayQuantity(quantityOf(0.1) + quantityOf(0.2)), '0.3')
})

test('what is no quantity is refused, whatever it looks like', () => {
  const wrong = [
    'NaN',
    'Infinity',
    '1e3',
    '1E3',
    '',
    ' ',
    '.',
    '1.',
    '.5',
    '1,5',
    '1 000',
    '0x10',
    '１２',
    '-',
    '1.000001',
  ]
  for (const given of wrong) assert.ok('wrong' in readQuantity(given), given)
  for (const given of [Number.NaN, Infinity, 1e21, 1e-7]) assert.ok('wrong' in readQuantity(given), String(given))
  assert.match(wrongIn('-1'), /not below zero/)
  assert.match(wrongIn('1000000'), /less than a million/)
  assert.match(wrongIn(1e6), /less than a million/)
  assert.equal(sayQuantity(quantityOf('999999.99999')), '999999.99999')
  assert.equal(sayQuantity(quantityOf('-0')), '0')
})

test('a quantity is said as it was read, without idle zeros', () => {
  fc.assert(
    fc.property(anyQuantity, (quantity) => {
      assert.equal(quantityOf(sayQuantity(quantity)), quantity)
      assert.doesNotMatch(sayQuantity(quantity), /\.\d*0$|\.$/)
    }),
  )
  assert.equal(sayQuantity(quantityOf('010.50000')), '10.5')
})

test('decimals of either sign come back as they went', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat({ max: 10 }), (value, places) => {
      assert.equal(readDecimal(sayDecimal(value, places), places), value)
    }),
  )
})

test('money is exact: the lines add up to the total, to the cent', () => {
  const third = lineTotal(quantityOf('3'), costOf('0.33333'))
  assert.deepEqual(moneyOf(third, 'NZD'), { amount: '1.00', currency: 'NZD' })
  assert.deepEqual(moneyOf(lineTotal(quantityOf('1'), costOf('0.005')), 'NZD'), { amount: '0.01', currency: 'NZD' })
  assert.deepEqual(moneyOf(-lineTotal(quantityOf('1'), costOf('0.05')), 'NZD'), { amount: '-0.05', currency: 'NZD' })
  assert.deepEqual([sayUnitCost(costOf('12.5')), sayUnitCost(costOf('0.12345'))], ['12.50', '0.12345'])
  for (const given of ['-1', '1e3', 'NaN', '10000000', '$5']) assert.ok('wrong' in readUnitCost(given), given)
})

test('the pages and the database round a line the same way', async () => {
  await using world = await openWorld()
  const lines = fc.sample(fc.tuple(anyQuantity, anyCost), { numRuns: 500, seed: 1 })
  const { rows } = await sql<{ total: string }>`
    select round(q * c, 2)::text as total
    from unnest(${lines.map(([q]) => sayQuantity(q))}::numeric[], ${lines.map(([, c]) => sayUnitCost(c))}::numeric[])
      with ordinality as line (q, c, at) order by at`.execute(world.db)
  assert.deepEqual(
    rows.map(({ total }) => total),
    lines.map(([quantity, cost]) => moneyOf(lineTotal(quantity, cost), '').amount),
  )
})

function quantityOf(given: string | number): bigint {
  const read = readQuantity(given)
  return 'quantity' in read ? read.quantity : assert.fail(read.wrong)
}

function wrongIn(given: string | number): string {
  const read = readQuantity(given)
  return 'wrong' in read ? read.wrong : assert.fail(`${given} is a quantity`)
}

function costOf(given: string): bigint {
  const read = readUnitCost(given)
  return 'unitCost' in read ? read.unitCost : assert.fail(read.wrong)
}
