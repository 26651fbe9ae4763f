import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { isTimeForLists, localTime, pickDaily, whys, type Candidate } from './daily.rules.ts'

const runs = { numRuns: 200, seed: 26 }
const unit = 100_000n

const candidate = fc.record({
  level: fc.bigInt({ min: -3n, max: 30n }).map((level) => level * unit),
  reorderPoint: fc.bigInt({ min: 0n, max: 5n }).map((level) => level * unit),
  unitCost: fc.bigInt({ min: 0n, max: 1000n }).map((cost) => cost * unit),
  sold: fc.bigInt({ min: 0n, max: 60n }).map((sold) => sold * unit),
  isFlagged: fc.boolean(),
  repricedAt: fc.option(fc.constant(new Date(0))),
  countedAt: fc.option(fc.integer({ min: 0, max: 1e9 }).map((ms) => new Date(ms))),
  isRested: fc.boolean(),
  draw: fc.string({ minLength: 4, maxLength: 4 }),
})
const shop = fc
  .array(candidate, { maxLength: 80 })
  .map((all) => all.map((one, at): Candidate => ({ ...one, productId: `p${at}` })))
const many = fc.integer({ min: 1, max: 40 })

test('a list has as many products as it should, each once, as long as there are any', () => {
  fc.assert(
    fc.property(shop, many, (all, wanted) => {
      const picks = pickDaily(all, wanted)
      assert.equal(picks.length, Math.min(wanted, all.length))
      assert.equal(new Set(picks.map(({ productId }) => productId)).size, picks.length)
    }),
    runs,
  )
})

test('reasons stand in their order, and whatever was flagged by hand comes before all others', () => {
  fc.assert(
    fc.property(shop, many, (all, wanted) => {
      const picks = pickDaily(all, wanted)
      const places = picks.map(({ why }) => whys.indexOf(why))
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
      )
      const flagged = all.filter(({ isFlagged }) => isFlagged).length
      assert.equal(picks.filter(({ why }) => why === 'flagged').length, Math.min(wanted, flagged))
    }),
    runs,
  )
})

test('the same outlet on the same day has the same list, in whatever order its products are read', () => {
  fc.assert(
    fc.property(shop, many, (all, wanted) => {
      assert.deepEqual(pickDaily(all.toReversed(), wanted), pickDaily(all, wanted))
    }),
    runs,
  )
})

test('each reason is true of its product, and what was counted lately comes only where nothing else is left', () => {
  fc.assert(
    fc.property(shop, many, (all, wanted) => {
      const of = new Map(all.map((one) => [one.productId, one]))
      const picks = pickDaily(all, wanted)
      const isTrue: Record<string, (one: Candidate) => boolean> = {
        flagged: ({ isFlagged }) => isFlagged,
        critical: ({ level, sold }) => level < 0n || (level === 0n && sold > 0n),
        low: ({ level, reorderPoint, sold }) => level > 0n && (level <= reorderPoint || level * 4n <= sold),
        dear: ({ level, unitCost }) => level > 0n && unitCost > 0n,
        fast: ({ sold }) => sold > 0n,
        repriced: ({ repricedAt }) => repricedAt !== null,
        random: () => true,
      }
      for (const { productId, why } of picks) {
        const one = of.get(productId)
        assert.ok(one && isTrue[why]?.(one), `${productId} ${why}`)
      }
      const picked = new Set(picks.map(({ productId }) => productId))
      const isTired = picks.some(({ productId, why }) => why !== 'flagged' && of.get(productId)?.isRested === false)
      if (isTired) assert.ok(all.every(({ isRested, productId }) => !isRested || picked.has(productId)))
    }),
    runs,
  )
})

test('a shop full of empty shelves still sees dear, fast and re-priced products, and some by chance', () => {
  const base = { isFlagged: false, countedAt: null, isRested: true, reorderPoint: 0n }
  const all = Array.from({ length: 200 }, (_, at): Candidate => ({
    ...base,
    productId: `p${at}`,
    draw: String(at),
    level: at < 100 ? 0n : 50n * unit,
    sold: at < 120 ? unit : 0n,
    unitCost: unit,
    repricedAt: at > 180 ? new Date(0) : null,
  }))
  const counts = Object.groupBy(pickDaily(all, 20), ({ why }) => why)
  assert.deepEqual(Object.fromEntries(Object.entries(counts).map(([why, picks]) => [why, picks?.length])), {
    critical: 5,
    dear: 4,
    fast: 4,
    repriced: 3,
    random: 4,
  })
})

test('one in the night is one in the night of the outlet; what was missed is made until noon', () => {
  const summer = new Date('2026-11-21T12:05:00Z')
  assert.deepEqual(localTime(summer, 'Pacific/Auckland'), { day: '2026-11-22', hour: 1 })
  assert.deepEqual(localTime(summer, 'Pacific/Chatham'), { day: '2026-11-22', hour: 1 })
  assert.deepEqual(localTime(summer, 'Australia/Perth'), { day: '2026-11-21', hour: 20 })
  assert.deepEqual(localTime(summer, 'Nowhere/Land'), { day: '2026-11-21', hour: 12 })
  assert.deepEqual([0, 1, 11, 12, 23].map(isTimeForLists), [false, true, true, false, false])
})
