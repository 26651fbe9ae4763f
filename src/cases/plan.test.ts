import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { planOf, type Existing, type Plan } from './plan.rules.ts'
import { variancesOf, type Counted } from './variance.rules.ts'

const some = fc.bigInt({ min: 0n, max: 30n }).map((units) => units * 33_333n)

/** What is damaged or wrong has come. */
const anyLine = fc
  .record({
    lineId: fc.constantFrom('a', 'b', 'c'),
    quantity: some,
    packed: some,
    good: some,
    wrong: some,
    bad: some,
    worse: some,
  })
  .map(({ lineId, quantity, packed, good, wrong, bad, worse }): Counted => ({
    lineId,
    quantity,
    packed,
    received: good + wrong + bad + worse === 0n ? null : good + wrong + bad + worse,
    wrongItems: wrong,
    unusable: { damaged_in_transit: bad, damaged_in_store: worse, expired: 0n },
  }))
const anyLines = fc.uniqueArray(anyLine, { selector: ({ lineId }) => lineId })
const anyType = fc.constantFrom('PURCHASE_ORDER' as const, 'OUTLET_TRANSFER' as const)

test('the cases always come to what came, less what was expected and what cannot be used', () => {
  fc.assert(
    fc.property(anyType, anyLines, (type, lines) => {
      const wasPacked = type === 'OUTLET_TRANSFER' && lines.some(({ packed }) => packed > 0n)
      const differences = lines.map(({ received, quantity, packed, unusable }) => {
        const usable = (received ?? 0n) - unusable.damaged_in_transit - unusable.damaged_in_store - unusable.expired
        return usable - (wasPacked ? packed : quantity)
      })
      assert.equal(sumOf(variancesOf(type, lines, true)), sumOf(differences.map((quantity) => ({ quantity }))))
    }),
  )
})

test('however often counts are corrected, and whatever is settled in between, the cases come to the variances', () => {
  const round = fc.record({
    lines: anyLines,
    isFinal: fc.boolean(),
    settle: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(anyType, fc.array(round, { maxLength: 8 }), (type, rounds) => {
      let cases: Existing[] = []
      for (const { lines, isFinal, settle } of rounds) {
        const variances = variancesOf(type, lines, isFinal)
        cases = applied(cases, planOf(cases, variances))
        assert.equal(sumOf(cases), sumOf(variances))
        const again = planOf(cases, variances)
        assert.deepEqual(again, { open: [], change: [], close: [] }, 'done again it changes nothing')
        const open = cases.filter(({ isOpen }) => isOpen).map(({ lineId, kind }) => `${lineId} ${kind}`)
        assert.equal(new Set(open).size, open.length, 'one open case of a line and kind')
        cases = cases.map((one, at) => settledIf(settle.includes(at), one))
      }
    }),
  )
})

test('a tenth and two tenths that came for three tenths leave nothing to settle', () => {
  const line = { lineId: 'a', quantity: 30_000n, packed: 0n, received: 10_000n + 20_000n, wrongItems: 0n }
  const unusable = { damaged_in_transit: 0n, damaged_in_store: 0n, expired: 0n }
  assert.deepEqual(variancesOf('PURCHASE_ORDER', [{ ...line, unusable }], true), [])
})

test('of returns and counts nothing is short: nobody counts at the supplier, and a count is no delivery', () => {
  const line = { lineId: 'a', quantity: 5n, packed: 0n, received: null, wrongItems: 0n }
  const unusable = { damaged_in_transit: 0n, damaged_in_store: 0n, expired: 0n }
  for (const type of ['SUPPLIER_RETURN', 'STOCKTAKE'] as const)
    assert.deepEqual(variancesOf(type, [{ ...line, unusable }], true), [])
})

function settledIf(isSettled: boolean, one: Existing): Existing {
  return isSettled ? { ...one, isOpen: false } : one
}

function applied(cases: readonly Existing[], { open, change, close }: Plan): Existing[] {
  const kept = cases.map((one) => {
    if (close.some(({ id }) => id === one.id)) return { ...one, quantity: 0n, isOpen: false }
    return { ...one, quantity: change.find(({ id }) => id === one.id)?.quantity ?? one.quantity }
  })
  return [...kept, ...open.map((one, at) => ({ ...one, id: `${cases.length + at}`, isOpen: true }))]
}

function sumOf(all: readonly { quantity: bigint }[]): bigint {
  return all.reduce((sum, { quantity }) => sum + quantity, 0n)
}
