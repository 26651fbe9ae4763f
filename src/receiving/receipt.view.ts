import type { Head } from '../consignments/consignments.store.ts'
import { sayQuantity } from '../kernel/quantity.ts'
import type { DeliveryRow } from './deliveries.store.ts'
import { plain, quantityIn } from './quantities.rules.ts'
import type { ReceiptLine, UnknownCode } from './receipt.store.ts'
import { deliveryView } from './view.ts'

type Found = { lines: readonly ReceiptLine[]; codes: readonly UnknownCode[] }

/** A delivery as those see it who count: what should come beside what came. */
export function receiptView(head: Head, delivery: DeliveryRow, { lines, codes }: Found) {
  return {
    ...deliveryView(head, delivery),
    lines: lines.map(receiptLineView),
    unknownCodes: codes.map((one) => ({
      code: one.code,
      counted: plain(one.counted),
      scans: one.scans,
      firstAt: one.first_at.toISOString(),
      lastAt: one.last_at.toISOString(),
    })),
  }
}

/** One line of it. */
export function receiptLineView(line: ReceiptLine) {
  const expected = quantityIn(line.expected)
  const counted = line.counted === null ? null : quantityIn(line.counted)
  return {
    lineId: line.id,
    position: line.position,
    productId: line.product_id,
    sku: line.sku,
    name: line.name,
    supplierCode: line.supplier_code,
    origin: line.origin,
    ordered: plain(line.ordered),
    packed: plain(line.packed),
    expected: sayQuantity(expected),
    counted: counted === null ? null : sayQuantity(counted),
    here: plain(line.here ?? '0'),
    damaged: {
      damaged_in_transit: plain(line.damaged_in_transit ?? '0'),
      damaged_in_store: plain(line.damaged_in_store ?? '0'),
      expired: plain(line.expired ?? '0'),
      wrong_item: plain(line.wrong_item ?? '0'),
    },
    variance: counted === null ? null : sayQuantity(counted - expected),
    received: line.received === null ? null : plain(line.received),
    reason: line.reason,
    reasonNote: line.reason_note,
  }
}
