import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { performOn } from '#test/remote-law.ts'
import type { Call } from './calls.rules.ts'
import { planPush, stillDifferent } from './plan.rules.ts'
import { SafeCount } from './safe-count.rules.ts'
import type { Header, There, ThereLine, Wanted, WantedLine } from './sides.rules.ts'

const products = ['tea', 'milk', 'cups', 'jam', 'oats']
const statusesOf = {
  SUPPLIER: ['OPEN', 'SENT', 'DISPATCHED', 'RECEIVED', 'CANCELLED'],
  OUTLET: ['OPEN', 'SENT', 'RECEIVED', 'CANCELLED'],
  RETURN: ['OPEN', 'SENT', 'CANCELLED'],
} as const
type Moving = keyof typeof statusesOf

const header = (type: Moving, more: Partial<Header> = {}): Header => ({
  type,
  outletId: 'hub',
  sourceOutletId: type === 'OUTLET' ? 'harbour' : null,
  supplierId: type === 'OUTLET' ? null : 'leaf',
  name: 'PO-1',
  reference: type === 'SUPPLIER' ? 'PO-1' : null,
  dueAt: null,
  ...more,
})

const amount = fc.integer({ min: 0, max: 4 }).map((units) => BigInt(units) * 100_000n)
const someProducts = fc.subarray(products)

const wantedLines = (mayHaveCome: boolean) =>
  someProducts.chain((ids) =>
    fc.tuple(
      ...ids.map((productId) =>
        fc.record<WantedLine>({
          productId: fc.constant(productId),
          count: amount,
          received: mayHaveCome ? fc.option(amount) : fc.constant(null),
          cost: fc.option(amount),
        }),
      ),
    ),
  )
const thereLines = someProducts.chain((ids) =>
  fc.tuple(
    ...ids.map((productId) =>
      fc.record<ThereLine>({
        productId: fc.constant(productId),
        count: amount,
        received: amount,
        cost: amount,
        rows: fc.constantFrom(1, 1, 1, 2),
      }),
    ),
  ),
)

const hasArrivals = (type: Moving, status: string) =>
  status === 'DISPATCHED' || status === 'RECEIVED' || (type === 'OUTLET' && status === 'SENT')

const anyPair = fc.constantFrom<Moving>('SUPPLIER', 'OUTLET', 'RETURN').chain((type) =>
  fc.constantFrom(null, ...statusesOf[type]).chain((status) =>
    fc.record({
      wanted: fc.record<Wanted>({
        header: fc.constant(header(type)),
        status: fc.constant(status),
        lines: wantedLines(hasArrivals(type, status ?? '')),
      }),
      there: fc.option(
        fc.constantFrom(...statusesOf[type]).chain((now) =>
          fc.record<There>({
            id: fc.constant('there'),
            version: fc.constant(1),
            status: fc.constant(now),
            header: fc.constantFrom(
              header(type),
              header(type, { name: 'another' }),
              header(type, { outletId: 'pier' }),
            ),
            lines: thereLines.map((lines) =>
              hasArrivals(type, now) ? lines : lines.map((line) => ({ ...line, received: 0n })),
            ),
          }),
        ),
      ),
    }),
  ),
)

test('whatever is in Lightspeed, its own law lets every planned call pass, and the calls bring about what should be', () => {
  let reached = 0
  fc.assert(
    fc.property(anyPair, ({ wanted, there }) => {
      const { calls, outOfReach } = planPush(wanted, there)
      if (outOfReach.length > 0) return assert.deepEqual(calls, [])
      const after = calls.reduce<There | null>(performOn, there)
      reached += 1
      if (after === null || after.status === 'CANCELLED')
        assert.ok(wanted.status === null || wanted.status === 'CANCELLED')
      else {
        assert.equal(after.status, wanted.status)
        assert.deepEqual(stillDifferent(wanted, after), [])
      }
      assert.deepEqual(planPush(wanted, after), { calls: [], outOfReach: [] })
    }),
    { numRuns: 5000 },
  )
  assert.ok(reached > 1000, `only ${reached} could be reached`)
})

test('broken off anywhere, with any answer lost, it is planned on from what is found', () => {
  fc.assert(
    fc.property(anyPair, fc.array(fc.nat({ max: 6 }), { maxLength: 4 }), ({ wanted, there }, breaks) => {
      if (planPush(wanted, there).outOfReach.length > 0) return
      let now = there
      for (const at of breaks) now = planPush(wanted, now).calls.slice(0, at).reduce<There | null>(performOn, now)
      const { calls, outOfReach } = planPush(wanted, now)
      assert.deepEqual(outOfReach, [])
      now = calls.reduce<There | null>(performOn, now)
      assert.deepEqual(planPush(wanted, now), { calls: [], outOfReach: [] })
    }),
    { numRuns: 3000 },
  )
})

const line = (productId: string, count: number, more: Partial<WantedLine> = {}): WantedLine => ({
  productId,
  count: BigInt(count) * 100_000n,
  received: null,
  cost: 495_000n,
  ...more,
})
const names = (calls: readonly Call[]) =>
  calls.map((call) => ('status' in call ? `${call.do} ${call.status}` : call.do))

test('an order of 500 lines is two requests, and one more sends it: there are no fewer', () => {
  const lines = Array.from({ length: 500 }, (_, at) => line(`product-${at}`, 1))
  const wanted: Wanted = { header: header('SUPPLIER'), status: 'OPEN', lines }
  assert.deepEqual(names(planPush(wanted, null).calls), ['create OPEN', 'add'])
  assert.deepEqual(names(planPush({ ...wanted, status: 'SENT' }, null).calls), ['create OPEN', 'add', 'update SENT'])
  const more = { ...wanted, lines: [...lines, line('one more', 1)] }
  assert.deepEqual(names(planPush(more, null).calls), ['create OPEN', 'add', 'add'])
})

test('with 37 of 120 lines there only the missing 83 are added', () => {
  const lines = Array.from({ length: 120 }, (_, at) => line(`product-${at}`, 2))
  const wanted: Wanted = { header: header('SUPPLIER'), status: 'OPEN', lines }
  const there = lines.slice(0, 37).map(writtenLine)
  const { calls } = planPush(wanted, { id: 'there', version: 1, header: wanted.header, status: 'OPEN', lines: there })
  assert.deepEqual(names(calls), ['add'])
  assert.deepEqual(
    calls[0]?.do === 'add' && calls[0].lines.map(({ productId }) => productId),
    lines.slice(37).map(({ productId }) => productId),
  )
})

test('what has come is written before the order is received, and nothing received is refused', () => {
  const sent: There = {
    id: 'there',
    version: 1,
    header: header('SUPPLIER'),
    status: 'SENT',
    lines: [{ ...line('tea', 5), received: 0n, rows: 1 }],
  }
  const come: Wanted = {
    header: header('SUPPLIER'),
    status: 'RECEIVED',
    lines: [line('tea', 5, { received: 300_000n })],
  }
  assert.deepEqual(names(planPush(come, sent).calls), ['set', 'update RECEIVED'])
  const nothing = { ...come, lines: [line('tea', 5, { received: 0n })] }
  assert.match(planPush(nothing, sent).outOfReach.join(), /nothing has come/)
})

test('a count is not completed without the three facts that make it safe', () => {
  const count: Header = { ...header('RETURN'), type: 'STOCKTAKE', supplierId: null }
  const there: There = { id: 'there', version: 1, header: count, status: 'STOCKTAKE_IN_PROGRESS_PROCESSED', lines: [] }
  const wanted: Wanted = { header: count, status: 'STOCKTAKE_COMPLETE', lines: [] }
  assert.match(planPush(wanted, there).outOfReach.join(), /not found safe/)
  const facts = { frozenAt: new Date(0), undecidedLines: 0, acceptedBy: 'Ana' }
  for (const missing of [{ frozenAt: null }, { undecidedLines: 1 }, { acceptedBy: null }])
    assert.equal(SafeCount.of({ ...facts, ...missing }), undefined)
  const posting = SafeCount.of(facts)
  assert.ok(posting)
  assert.deepEqual(names(planPush({ ...wanted, posting }, there).calls), ['update STOCKTAKE_COMPLETE'])
})

/** As it stands there once it was written. */
function writtenLine({ productId, count, cost }: WantedLine): ThereLine {
  return { productId, count, cost, received: 0n, rows: 1 }
}
