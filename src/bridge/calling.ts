import { sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import type { Lightspeed } from '../lightspeed/client.ts'
import type { Call, LineWrite } from './calls.rules.ts'
import type { Header } from './sides.rules.ts'

/** What would be sent, as it is sent. */
export type Request = { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: object }

const root = '/api/2.0/consignments'

/** A planned call as a request; undefined for what only waits. `id`: of the consignment, where it is known. */
export function requestFor(call: Exclude<Call, { do: 'await' }>, id: string): Request {
  switch (call.do) {
    case 'create':
      return { method: 'POST', path: root, body: { ...headerBody(call.header), status: call.status } }
    case 'update':
      return { method: 'PUT', path: `${root}/${id}`, body: { ...headerBody(call.header), status: call.status } }
    case 'delete':
      return { method: 'DELETE', path: `${root}/${id}` }
    case 'add':
      return { method: 'POST', path: `${root}/${id}/bulk`, body: call.lines.map(lineBody) }
    case 'set':
      return { method: 'PUT', path: `${root}/${id}/products/${call.line.productId}`, body: lineBody(call.line) }
    case 'remove':
      return { method: 'DELETE', path: `${root}/${id}/products/${call.productId}` }
  }
}

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
