import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Refusal } from '../kernel/refusal.ts'
import {
  acts,
  actLabel,
  approvals,
  conditions,
  law,
  statuses,
  statusLabel,
  types,
  type Facts,
  type Status,
  type Type,
} from './lifecycle.rules.ts'
import {
  isForward,
  isTerminal,
  lawfulSteps,
  statusesOf,
  stepsFrom,
  stepsOf,
  stepTo,
  type Position,
} from './transition.rules.ts'

const anyFacts: fc.Arbitrary<Facts> = fc.record({
  approval: fc.constantFrom(...approvals),
  hasGoods: fc.boolean(),
  isUnderWay: fc.boolean(),
  undecidedLines: fc.nat({ max: 3 }),
})

const ready: Facts = { approval: 'approved', hasGoods: true, isUnderWay: false, undecidedLines: 0 }

/** The paths as people were promised them. */
const promised: Record<Type, readonly string[]> = {
  PURCHASE_ORDER: [
    'DRAFT → OPEN → SENT → RECEIVING → RECEIVED → CLOSED → ARCHIVED',
    'RECEIVING → PARTIAL → RECEIVING',
    'PARTIAL → CLOSED',
    'OPEN → DRAFT → CANCELLED',
    'OPEN → CANCELLED',
    'SENT → CANCELLED',
  ],
  OUTLET_TRANSFER: [
    'DRAFT → OPEN → PACKING → PACKAGED → SENT → RECEIVING → RECEIVED → CLOSED → ARCHIVED',
    'RECEIVING → PARTIAL → RECEIVING',
    'PARTIAL → CLOSED',
    'PACKAGED → PACKING → OPEN → DRAFT → CANCELLED',
    'OPEN → CANCELLED',
  ],
  SUPPLIER_RETURN: [
    'DRAFT → OPEN → PACKING → PACKAGED → SENT → RECEIVED → CLOSED → ARCHIVED',
    'PACKAGED → PACKING → OPEN → DRAFT → CANCELLED',
    'OPEN → CANCELLED',
  ],
  STOCKTAKE: [
    'DRAFT → OPEN → RECEIVING → RECEIVED → CLOSED → ARCHIVED',
    'OPEN → DRAFT → CANCELLED',
    'OPEN → CANCELLED',
    'RECEIVING → CANCELLED',
  ],
}

for (const type of types) {
  test(`a ${type} goes the ways that were promised, and no other`, () => {
    const ways = promised[type].flatMap((way) => {
      const stations = way.split(' → ')
      return stations.slice(1).map((to, at) => `${stations[at]} → ${to}`)
    })
    const steps = stepsOf(type).map(({ from, to }) => `${from} → ${to}`)
    assert.deepEqual(steps.toSorted(), [...new Set(ways)].toSorted())
  })

  test(`whatever is asked of a ${type}, in any order, it never stands where the table does not lead`, () => {
    const asks = fc.array(fc.tuple(fc.constantFrom(...statuses), anyFacts), { maxLength: 60 })
    fc.assert(
      fc.property(asks, (asked) => {
        let status: Status = 'DRAFT'
        for (const [to, facts] of asked) status = afterAsking({ type, status, facts }, to)
      }),
    )
  })

  test(`every status of a ${type} can be reached, and from each of them it can end`, () => {
    const reached = new Set<Status>(['DRAFT'])
    for (const status of reached) for (const { to } of stepsFrom(type, status)) reached.add(to)
    assert.deepEqual(
      statuses.filter((status) => reached.has(status)),
      statusesOf(type),
    )
    for (const status of statusesOf(type)) assert.ok(canEnd(status, new Set()), status)

    function canEnd(status: Status, seen: Set<Status>): boolean {
      if (isTerminal(type, status)) return true
      seen.add(status)
      return stepsFrom(type, status).some(({ to }) => !seen.has(to) && canEnd(to, seen))
    }
  })

  test(`a ${type} that is archived or cancelled stays so`, () => {
    const ends = statusesOf(type).filter((status) => isTerminal(type, status))
    assert.deepEqual(ends, ['ARCHIVED', 'CANCELLED'])
  })

  test(`no two buttons of a ${type} lead to the same status, and each has its own words`, () => {
    for (const status of statusesOf(type)) {
      const steps = stepsFrom(type, status)
      const labels = steps.map(({ act }) => actLabel(type, act))
      assert.equal(new Set(steps.map(({ to }) => to)).size, steps.length)
      assert.equal(new Set(labels).size, steps.length)
    }
    const labels = statusesOf(type).map((status) => statusLabel(type, status))
    assert.equal(new Set(labels).size, labels.length)
  })

  test(`a ${type} cannot go round for ever but by reopening boxes or by waiting for the rest`, () => {
    const round = stepsOf(type).filter((step) => !isForward(step) && step.to !== 'CANCELLED')
    const used = new Set(round.map(({ act }) => act))
    assert.ok([...used].every((act) => ['redraft', 'stop_packing', 'unseal', 'receive'].includes(act)))
  })
}

test('every act is used, and every condition holds somebody back', () => {
  const steps = types.flatMap(stepsOf)
  assert.deepEqual(
    acts.filter((act) => !steps.some((step) => step.act === act)),
    [],
  )
  const worst: Facts = { approval: 'pending', hasGoods: false, isUnderWay: true, undecidedLines: 1, isCredited: false }
  for (const { holdsFor, isMet, code } of conditions) {
    assert.ok(steps.some(holdsFor), code)
    assert.ok(isMet(ready) && !isMet(worst), code)
  }
})

test('a condition never opens what the table closes', () => {
  const somewhere = fc.record({
    type: fc.constantFrom(...types),
    status: fc.constantFrom(...statuses),
    facts: anyFacts,
  })
  fc.assert(
    fc.property(somewhere, ({ type, status, facts }) => {
      const table = new Set(stepsFrom(type, status).map(({ to }) => to))
      assert.ok(lawfulSteps({ type, status, facts }).every(({ to }) => table.has(to)))
    }),
  )
})

test('an order is opened only when it is approved, and cancelled after sending only while nothing is under way', () => {
  for (const approval of approvals)
    assert.equal(
      mayOrder('DRAFT', 'OPEN', { approval }),
      approval === 'approved' || approval === 'not_needed',
      approval,
    )
  assert.ok(mayOrder('SENT', 'CANCELLED', {}))
  assert.ok(!mayOrder('SENT', 'CANCELLED', { isUnderWay: true }))
  assert.ok(mayOrder('OPEN', 'CANCELLED', { isUnderWay: true }))
})

test('closing short waits for a decision about each line', () => {
  assert.equal(stepTo(partTransfer(0), 'CLOSED').act, 'close_short')
  assert.throws(
    () => stepTo(partTransfer(1), 'CLOSED'),
    /nobody has decided about them\. Lawful now: receive \(RECEIVING\)/,
  )
})

test('a count is not posted while a line that was not counted is undecided', () => {
  assert.equal(stepTo(countedStock(0), 'CLOSED').act, 'close')
  assert.throws(() => stepTo(countedStock(1), 'CLOSED'), /lines_undecided|nobody has decided/)
})

/** Asks for a status; answers where the document stands then. Every answer must be what the table says. */
function afterAsking(position: Position, to: Status): Status {
  const { type, status } = position
  const leads = Object.values(law[type][status] ?? {}).includes(to)
  const lawful = lawfulSteps(position).map((step) => step.to)
  try {
    const step = stepTo(position, to)
    assert.ok(leads && lawful.includes(to))
    assert.equal(step.from, status)
    return step.to
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error))
    assert.deepEqual([error.status, error.code], [422, 'transition_not_lawful'])
    assert.ok(!lawful.includes(to))
    const { details } = error
    assert.ok(typeof details === 'object' && details !== null && 'allowed' in details && 'status' in details)
    assert.deepEqual([details.status, details.allowed], [status, lawful])
    return status
  }
}

function mayOrder(status: Status, to: Status, facts: Partial<Facts>): boolean {
  const position: Position = { type: 'PURCHASE_ORDER', status, facts: { ...ready, ...facts } }
  return lawfulSteps(position).some((step) => step.to === to)
}

function partTransfer(undecidedLines: number): Position {
  return { type: 'OUTLET_TRANSFER', status: 'PARTIAL', facts: { ...ready, undecidedLines } }
}

function countedStock(undecidedLines: number): Position {
  return { type: 'STOCKTAKE', status: 'RECEIVED', facts: { ...ready, undecidedLines } }
}
