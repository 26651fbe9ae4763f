import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  remotePaths,
  remoteStatuses,
  remoteStatusOf,
  remoteTypes,
  typeOfRemote,
} from '../lightspeed/status-map.rules.ts'
import { approvals, statuses, types, type Facts, type Status, type Type } from './lifecycle.rules.ts'
import { observe, tellsShipped, type Observation, type Sighting } from './observing.rules.ts'
import { statusesOf, stepsFrom } from './transition.rules.ts'

const ready: Facts = { approval: 'approved', hasGoods: true, isUnderWay: false, undecidedLines: 0 }

const sighting = (type: Type, status: Status, remote: string, more: Partial<Sighting> = {}): Sighting => ({
  type,
  status,
  remote,
  facts: ready,
  agreed: remoteStatusOf(type, status, { isShipped: false }),
  remoteHasReceived: false,
  ...more,
})

const words = [...new Set(Object.values(remotePaths).flat(2)), 'CANCELLED', 'CLOSED', 'DISPATCHED_SUCCESS', 'Ünknown']

const anySighting: fc.Arbitrary<Sighting> = fc.constantFrom(...types).chain((type) =>
  fc.record({
    type: fc.constant(type),
    status: fc.constantFrom(...statusesOf(type)),
    remote: fc.constantFrom(...words),
    agreed: fc.constantFrom(null, ...words),
    remoteHasReceived: fc.boolean(),
    facts: fc.record({
      approval: fc.constantFrom(...approvals),
      hasGoods: fc.boolean(),
      isUnderWay: fc.boolean(),
      undecidedLines: fc.nat({ max: 2 }),
    }),
  }),
)

test('every status of every type has its word in Lightspeed, or is not told there', () => {
  for (const type of types) {
    assert.deepEqual(
      statuses.filter((status) => status in remoteStatuses[type]),
      statusesOf(type),
    )
    assert.equal(remoteStatusOf(type, 'DRAFT', { isShipped: false }), null)
    assert.equal(typeOfRemote(remoteTypes[type]), type)
  }
  assert.equal(typeOfRemote('SOMETHING_NEW'), undefined)
})

test('an order is SENT there, and DISPATCHED once the supplier has shipped it', () => {
  const said = [false, true].map((isShipped) => remoteStatusOf('PURCHASE_ORDER', 'SENT', { isShipped }))
  assert.deepEqual(said, ['SENT', 'DISPATCHED'])
  assert.ok(tellsShipped({ type: 'PURCHASE_ORDER', remote: 'DISPATCHED' }))
  assert.ok(!tellsShipped({ type: 'PURCHASE_ORDER', remote: 'SENT' }))
})

test('what we told Lightspeed, seen again, is no news', () => {
  for (const type of types)
    for (const status of statusesOf(type))
      for (const remote of remoteStatuses[type][status] ?? [])
        assert.deepEqual(observe(sighting(type, status, remote)), { kind: 'agrees' }, `${type} ${status} ${remote}`)
})

test('whatever is seen, a document only goes ways that are lawful, forward, and to what was seen', () => {
  fc.assert(
    fc.property(anySighting, (seen) => {
      const observation = observe(seen)
      if (observation.kind !== 'forward') return
      const end = observation.steps.reduce<Status>((at, step) => {
        assert.equal(step.from, at)
        assert.ok(stepsFrom(seen.type, at).some(({ act, to }) => act === step.act && to === step.to))
        assert.ok(!['cancel', 'redraft', 'unseal', 'stop_packing', 'pause'].includes(step.act))
        return step.to
      }, seen.status)
      assert.equal(end, observation.to)
      assert.ok(end !== seen.status && end !== 'CANCELLED')
      assert.ok(remoteStatuses[seen.type][end]?.includes(seen.remote))
      assert.deepEqual(
        [...observation.skipped, end],
        observation.steps.map(({ to }) => to),
      )
    }),
    { numRuns: 3000 },
  )
})

test('seen twice, it is news once', () => {
  fc.assert(
    fc.property(anySighting, (seen) => {
      const first = observe(seen)
      if (first.kind !== 'forward') return
      assert.deepEqual(observe({ ...seen, status: first.to, agreed: seen.remote }), { kind: 'agrees' })
    }),
    { numRuns: 3000 },
  )
})

test('a cancelled or archived document is never moved by what is seen', () => {
  fc.assert(
    fc.property(anySighting, (seen) => {
      if (seen.status === 'CANCELLED' || seen.status === 'ARCHIVED') assert.notEqual(observe(seen).kind, 'forward')
    }),
  )
})

const stories: readonly (readonly [string, Sighting, Observation['kind'] | 'backward' | 'sideways', Status[]])[] = [
  ['somebody sends the order there', sighting('PURCHASE_ORDER', 'OPEN', 'SENT'), 'forward', ['SENT']],
  [
    'somebody sends and receives the order there',
    sighting('PURCHASE_ORDER', 'OPEN', 'RECEIVED'),
    'forward',
    ['SENT', 'RECEIVING', 'RECEIVED'],
  ],
  [
    'the rest of a partial order is received there',
    sighting('PURCHASE_ORDER', 'PARTIAL', 'RECEIVED'),
    'forward',
    ['RECEIVING', 'RECEIVED'],
  ],
  [
    'a transfer that was only open is sent there',
    sighting('OUTLET_TRANSFER', 'OPEN', 'SENT'),
    'forward',
    ['PACKING', 'PACKAGED', 'SENT'],
  ],
  [
    'a transfer is received in part there, though its status stays',
    sighting('OUTLET_TRANSFER', 'SENT', 'SENT', { remoteHasReceived: true }),
    'forward',
    ['RECEIVING'],
  ],
  [
    'some of an order is received there',
    sighting('PURCHASE_ORDER', 'SENT', 'DISPATCHED', { remoteHasReceived: true }),
    'forward',
    ['RECEIVING'],
  ],
  ['a count begins there', sighting('STOCKTAKE', 'OPEN', 'STOCKTAKE_IN_PROGRESS'), 'forward', ['RECEIVING']],
  ['received falls back to sent', sighting('PURCHASE_ORDER', 'RECEIVED', 'SENT'), 'backward', []],
  ['a sent transfer is open again', sighting('OUTLET_TRANSFER', 'SENT', 'OPEN'), 'backward', []],
  ['an order is cancelled there', sighting('PURCHASE_ORDER', 'SENT', 'CANCELLED'), 'sideways', []],
  [
    'a cancelled order is sent there',
    sighting('PURCHASE_ORDER', 'CANCELLED', 'SENT', { agreed: 'OPEN' }),
    'sideways',
    [],
  ],
  [
    'a count is completed there with lines that nobody decided about',
    sighting('STOCKTAKE', 'RECEIVED', 'STOCKTAKE_COMPLETE', { facts: { ...ready, undecidedLines: 3 } }),
    'sideways',
    [],
  ],
  [
    'an order that went back to draft for approval is sent there',
    sighting('PURCHASE_ORDER', 'DRAFT', 'SENT', { agreed: 'OPEN', facts: { ...ready, approval: 'pending' } }),
    'sideways',
    [],
  ],
  ['our push has not arrived', sighting('PURCHASE_ORDER', 'RECEIVED', 'SENT', { agreed: 'SENT' }), 'awaits_push', []],
  ['our push is half way', sighting('PURCHASE_ORDER', 'RECEIVED', 'DISPATCHED', { agreed: 'SENT' }), 'awaits_push', []],
  [
    'an order is back in draft, and still open there',
    sighting('OUTLET_TRANSFER', 'DRAFT', 'OPEN', { agreed: 'OPEN', facts: { ...ready, approval: 'not_needed' } }),
    'awaits_push',
    [],
  ],
  ['Lightspeed has a new word', sighting('PURCHASE_ORDER', 'SENT', 'TELEPORTED'), 'unknown', []],
  ['an order is closed there, which no order ever was', sighting('PURCHASE_ORDER', 'SENT', 'CLOSED'), 'unknown', []],
]

for (const [story, seen, kind, way] of stories) {
  test(`seen in Lightspeed: ${story}`, () => {
    const observation = observe(seen)
    const said = observation.kind === 'conflict' ? observation.direction : observation.kind
    assert.equal(said, kind)
    if (observation.kind === 'forward')
      assert.deepEqual(
        observation.steps.map(({ to }) => to),
        way,
      )
  })
}
