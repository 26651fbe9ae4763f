import { sourceOf } from '../availability/source.rules.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { boxesOf } from './boxes.actions.ts'
import { labelsOf } from './labels.rules.ts'
import { addressOfOutlet, nameOfSupplier, type Address } from './slip.store.ts'

/** What stands on the packing slip and on the labels of the boxes: from where, to where, and what is in each. */
export async function readSlip(context: Context, ref: string) {
  const { db } = context.database
  const head = await knownHead(context, ref)
  const source = sourceOf(head)
  const { data: boxes, totals } = await boxesOf(db, head.id)
  const from = source === undefined ? await supplierOf(db, head) : await addressOfOutlet(db, source)
  const to = head.type === 'SUPPLIER_RETURN' ? await supplierOf(db, head) : await addressOfOutlet(db, head.outlet_id)
  return {
    id: head.id,
    number: head.number,
    type: head.type,
    status: head.status,
    reference: head.reference,
    note: head.note,
    shippedAt: head.shipped_at?.toISOString() ?? null,
    from,
    to,
    totals,
    boxes,
    labels: labelsOf(boxes, { number: head.number, from, to }),
  }
}

async function supplierOf(db: Db, { supplier_id: id }: Head): Promise<Address> {
  return { name: id === null ? null : await nameOfSupplier(db, id), lines: [] }
}
