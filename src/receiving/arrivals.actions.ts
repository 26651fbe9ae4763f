import { must, mustAt, type Context } from '../context.ts'
import { resolveCodes } from '../products/resolving.actions.ts'
import { listArrivals, type Arrival } from './arrivals.store.ts'
import { plain } from './quantities.rules.ts'

export type Arriving = { outletId: string; code: string | undefined; productId: string | undefined }

/** Which orders and transfers of an outlet expect what somebody holds in his hand, the likeliest first. */
export async function readArrivals({ database: { db }, actor }: Context, { outletId, code, productId }: Arriving) {
  must(actor, 'consignments:read')
  mustAt(actor, 'consignments:read', [outletId])
  const { productIds, units, why } =
    productId === undefined ? await meant(db, code ?? '') : { productIds: [productId], units: '1', why: null }
  const rows = productIds.length === 0 ? [] : await listArrivals(db, outletId, productIds)
  return { code: code ?? null, productIds, units, why, data: rows.map(arrivalView), next: null }
}

type Db = Context['database']['db']

async function meant(db: Db, code: string): Promise<{ productIds: string[]; units: string; why: string | null }> {
  const one = (await resolveCodes(db, [code])).get(code)
  if (one?.kind === 'product') return { productIds: [one.productId], units: one.units, why: null }
  const why = one?.refusal.message ?? 'Nobody knows it'
  return { productIds: one?.kind === 'ambiguous' ? one.candidates : [], units: '1', why }
}

function arrivalView(row: Arrival) {
  return {
    id: row.id,
    number: row.number,
    type: row.type,
    status: row.status,
    supplierId: row.supplier_id,
    sourceOutletId: row.source_outlet_id,
    reference: row.reference,
    dueAt: row.due_at?.toISOString() ?? null,
    deliveryId: row.delivery_id,
    lineId: row.line_id,
    productId: row.product_id,
    expected: plain(row.expected),
    counted: plain(row.counted),
    open: plain(row.open),
  }
}
