import { sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import type { Lightspeed } from '../lightspeed/client.ts'
import type { Call, LineWrite } from './calls.rules.ts'
import type { Header } from './sides.rules.ts'

/** What would be sent, as it is sent. */
export type Request = { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: object }

const root = '/api/2.0/consignments'

/** A planned call as a request. `id`: of the consignment, where it is known. */
export function requestFor(call: Exclude<Call, { do: 'await' }>, id: string): Request {
  if (call.do === 'create') return { method: 'POST', path: root, body: bodyOf(call) }
  const path = `${root}/${id}`
  if (call.do === 'update') return { method: 'PUT', path, body: bodyOf(call) }
  if (call.do === 'delete') return { method: 'DELETE', path }
  if (call.do === 'add') return { method: 'POST', path: `${path}/bulk`, body: call.lines.map(lineBody) }
  if (call.do === 'set')
    return { method: 'PUT', path: `${path}/products/${call.line.productId}`, body: lineBody(call.line) }
  return { method: 'DELETE', path: `${path}/products/${call.productId}` }
}

const bodyOf = ({ header, status }: { header: Header; status: string }) => ({ ...headerBody(header), status })

/** One write; its answer's body. */
export async function perform(client: Lightspeed, request: Request, signal: AbortSignal): Promise<unknown> {
  const { body } = await client.request({ ...request, signal })
  return body
}

/** Whole, as Lightspeed wants it on every write; what is not set is left out. */
function headerBody(header: Header) {
  return {
    type: header.type,
    outlet_id: header.outletId,
    name: header.name,
    ...(header.sourceOutletId === null ? {} : { source_outlet_id: header.sourceOutletId }),
    ...(header.supplierId === null ? {} : { supplier_id: header.supplierId }),
    ...(header.reference === null ? {} : { reference: header.reference }),
    ...(header.dueAt === null ? {} : { due_at: header.dueAt }),
  }
}

/** Amounts go as JSON numbers written out, with the digits that they have. */
function lineBody({ productId, count, received, cost }: LineWrite) {
  return {
    product_id: productId,
    ...(count === undefined ? {} : { count: exactly(count) }),
    ...(received === undefined ? {} : { received: exactly(received) }),
    ...(cost === undefined ? {} : { cost: exactly(cost) }),
  }
}

function exactly(amount: bigint): unknown {
  return JSON.rawJSON(sayDecimal(amount, quantityPlaces))
}
