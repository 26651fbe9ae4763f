import assert from 'node:assert/strict'
import type { Call, LineWrite } from '#src/bridge/calls.rules.ts'
import type { There, ThereLine } from '#src/bridge/sides.rules.ts'

/**
 * Lightspeed's law for one call, written a second time and apart from the plan's, as its description words it. Fails the
 * story when the call is one that Lightspeed would refuse.
 */
export function performOn(there: There | null, call: Call): There | null {
  if (call.do === 'create') {
    assert.equal(there, null, 'made twice')
    assert.equal(call.status, 'OPEN')
    return { id: 'there', version: 1, header: call.header, status: 'OPEN', lines: [] }
  }
  assert.ok(there, 'written to what is not there')
  if (call.do === 'await') return { ...there, status: call.status }
  if (call.do === 'delete') {
    assert.equal(there.status, 'OPEN')
    return null
  }
  if (call.do === 'update') return updated(there, call)
  if (call.do === 'remove') return removed(there, call.productId)
  if (call.do === 'add') return call.lines.reduce(add, there)
  return set(there, call.line)
}

const steps: Record<string, readonly string[]> = {
  'SUPPLIER OPEN': ['SENT', 'CANCELLED'],
  'SUPPLIER SENT': ['DISPATCHED', 'CANCELLED'],
  'SUPPLIER DISPATCHED': ['RECEIVED', 'CANCELLED'],
  'OUTLET OPEN': ['SENT', 'CANCELLED'],
  'OUTLET SENT': ['RECEIVED', 'CANCELLED'],
  'RETURN OPEN': ['SENT', 'CANCELLED'],
}

function updated(there: There, { header, status }: Extract<Call, { do: 'update' }>): There {
  const { type } = there.header
  const isClosed = there.status === 'RECEIVED' || there.status === 'CANCELLED'
  assert.ok(!isClosed, `a ${type} that is ${there.status} is updated`)
  if (status !== there.status) {
    assert.ok(steps[`${type} ${there.status}`]?.includes(status), `${type} from ${there.status} to ${status}`)
    assert.ok(there.lines.length > 0, 'a status without products')
    if (status === 'RECEIVED' && type === 'SUPPLIER') assert.ok(there.lines.some(({ received }) => received > 0n))
  }
  if (there.status !== 'OPEN')
    assert.deepEqual([header.outletId, header.supplierId], [there.header.outletId, there.header.supplierId])
  return { ...there, header, status }
}

function removed(there: There, productId: string): There {
  assert.ok(there.status === 'OPEN' || (there.header.type === 'SUPPLIER' && there.status === 'SENT'))
  const lines = there.lines.flatMap((line) => {
    if (line.productId !== productId) return [line]
    return line.rows > 1 ? [{ ...line, rows: line.rows - 1 }] : []
  })
  return { ...there, lines }
}

function add(there: There, { productId, count = 0n, received, cost }: LineWrite): There {
  const { type } = there.header
  assert.ok(there.status === 'OPEN' || (type === 'SUPPLIER' && ['SENT', 'DISPATCHED'].includes(there.status)))
  if (there.status !== 'DISPATCHED') assert.equal(received, undefined, 'it would be dispatched')
  const before = there.lines.find((line) => line.productId === productId)
  assert.equal(before, undefined, 'it would add up')
  const line: ThereLine = { productId, count, received: received ?? 0n, cost: cost ?? null, rows: 1 }
  return { ...there, lines: [...there.lines, line] }
}

function set(there: There, { productId, count, received, cost }: LineWrite): There {
  const [{ type }, { status }] = [there.header, there]
  const line = there.lines.find((one) => one.productId === productId)
  assert.ok(line, 'set, though it is not there')
  assert.equal(line.rows, 1, 'set, though it has several rows')
  if (count !== undefined) assert.ok(status === 'OPEN' || status === 'SENT', `count at ${status}`)
  if (received !== undefined) assert.ok(status === 'SENT' || status === 'DISPATCHED', `received at ${status}`)
  if (received !== undefined) assert.notEqual(type, 'RETURN')
  if (cost !== undefined) assert.ok(type === 'SUPPLIER' && status !== 'RECEIVED')
  const after = { ...line, count: count ?? line.count, received: received ?? line.received, cost: cost ?? line.cost }
  const comes = type === 'SUPPLIER' && status === 'SENT' && received !== undefined
  return {
    ...there,
    status: comes ? 'DISPATCHED' : status,
    lines: there.lines.map((one) => (one === line ? after : one)),
  }
}
