import type { Context } from '../context.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { wrong } from '../consignments/drafting.rules.ts'
import type { Db } from '../db/database.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'
import { placeOf } from '../inventory/adjusting.rules.ts'
import { keepFound } from '../receiving/amending.actions.ts'
import { wishFor } from '../writes/wishing.actions.ts'
import type { CaseRow } from './cases.store.ts'

type Found = { outletId: string | undefined; quantity: Quantity; note: string | undefined }

/** Where it was found; `writeId`: the change of stock that was asked for; null where the document took it in. */
export type Taken = { outletId: string; writeId: string | null }

/**
 * Takes in what was missing and turned up. As long as the document takes counts, what was found where it should have arrived
 * is an amendment of what was received, and pushed as such. What is CLOSED stays as it was counted, and goods that never
 * left were never received: for these the stock of the outlet is adjusted by so many.
 */
export async function takeIn(
  tx: Db,
  context: Context,
  { head, row, ...found }: Found & { head: Head; row: CaseRow },
): Promise<Taken> {
  const { outletId = head.outlet_id, quantity, note } = found
  if (outletId !== head.outlet_id && outletId !== head.source_outlet_id)
    throw wrong('outletId', `${outletId} has no part in ${head.number}`)
  if (head.status === 'RECEIVED' && outletId === head.outlet_id) {
    await keepFound(tx, context, head, { lineId: row.line_id, quantity, reason: note ?? 'Found' })
    return { outletId, writeId: null }
  }
  return { outletId, writeId: await adjust(tx, context, { head, row, outletId, quantity }) }
}

/** Takes back out of stock what was put in for a case that is opened again. */
export async function takeOut(
  tx: Db,
  context: Context,
  { head, row, quantity }: { head: Head; row: CaseRow; quantity: Quantity },
) {
  if (row.stock_write_id === null || row.found_outlet_id === null) return
  await adjust(tx, context, { head, row, outletId: row.found_outlet_id, quantity: -quantity })
}

type Adjusting = { head: Head; row: CaseRow; outletId: string; quantity: Quantity }

async function adjust(tx: Db, context: Context, { head, row, outletId, quantity }: Adjusting): Promise<string> {
  const reason = quantity < 0n ? `Case of ${head.number} opened again` : 'STOCK_FOUND'
  const item = { productId: row.product_id, outletId, by: sayDecimal(quantity, quantityPlaces), reason }
  const write = await wishFor(tx, context, {
    kind: 'inventory.adjust',
    subjects: [placeOf(item)],
    wish: { items: [item] },
    reason: `Case ${row.id} of ${head.number}`,
  })
  return write.id
}
