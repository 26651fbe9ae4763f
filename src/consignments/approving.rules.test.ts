import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { colourOf, holds, rejectionOf, routeOf, type Tier } from './approving.rules.ts'

const hub = 'outlet-hub'
const supplier = 'supplier-leaf'

const startSet: Tier[] = [
  { upTo: 200_000n, role: 'store_manager', outletId: null, supplierId: null },
  { upTo: 500_000n, role: 'retail_operations_manager', outletId: null, supplierId: null },
  { upTo: 500_000n, role: 'communications_manager', outletId: null, supplierId: null },
  { upTo: null, role: 'director', outletId: null, supplierId: null },
]

test('an order goes to whom its total is for, to the cent', () => {
  const asked = (total: bigint) => routeOf(startSet, { total, outletId: hub, supplierId: supplier })?.roles
  assert.deepEqual(asked(200_000n), ['store_manager'])
  assert.deepEqual(asked(200_001n), ['retail_operations_manager', 'communications_manager'])
  assert.deepEqual(asked(500_000n), ['retail_operations_manager', 'communications_manager'])
  assert.deepEqual(asked(500_001n), ['director'])
  assert.equal(routeOf(startSet.slice(0, 3), { total: 500_001n, outletId: hub, supplierId: null }), undefined)
})

test('a tier of one supplier or outlet goes before the general ones, as far as it reaches', () => {
  const own: Tier = { upTo: 10_000n, role: 'buyer', outletId: null, supplierId: supplier }
  const local: Tier = { upTo: 50_000n, role: 'hub_lead', outletId: hub, supplierId: null }
  const route = (total: bigint, outletId = hub) =>
    routeOf([...startSet, own, local], { total, outletId, supplierId: supplier })
  assert.deepEqual(
    [route(10_000n)?.roles, route(10_001n)?.roles, route(10_001n, 'elsewhere')?.roles, route(50_001n)?.roles],
    [['buyer'], ['hub_lead'], ['store_manager'], ['store_manager']],
  )
})

test('whoever may answer has a limit that holds the total', () => {
  const anyTier: fc.Arbitrary<Tier> = fc.record({
    upTo: fc.option(fc.bigInt({ min: 1n, max: 1000n })),
    role: fc.constantFrom('a', 'b', 'c', 'd'),
    outletId: fc.constantFrom(null, hub, 'elsewhere'),
    supplierId: fc.constantFrom(null, supplier, 'another'),
  })
  fc.assert(
    fc.property(fc.array(anyTier), fc.bigInt({ min: 0n, max: 1200n }), (tiers, total) => {
      const route = routeOf(tiers, { total, outletId: hub, supplierId: supplier })
      if (!route) return
      assert.ok(holds(route.holdsUpTo, total) && route.roles.length > 0)
      assert.ok([...route.mayDecide.values()].every((upTo) => holds(upTo, total)))
      assert.ok(route.roles.every((role) => route.mayDecide.has(role)))
    }),
  )
})

test('waiting is yellow from a day and red from five', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const hoursAgo = (hours: number) => colourOf(new Date(now.getTime() - hours * 3_600_000), now)
  assert.deepEqual([23.9, 24, 119.9, 120].map(hoursAgo), ['fresh', 'yellow', 'yellow', 'red'])
  assert.deepEqual(rejectionOf('Over budget'), { code: 'over_budget', words: null })
  assert.deepEqual(rejectionOf('Not this year'), { code: 'other', words: 'Not this year' })
})
