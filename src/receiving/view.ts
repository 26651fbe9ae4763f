import type { Head } from '../consignments/consignments.store.ts'
import { statusLabel } from '../consignments/lifecycle.rules.ts'
import type { DeliveryRow, listDeliveries, Outcome } from './deliveries.store.ts'
import { plain } from './quantities.rules.ts'

/** A delivery, and where its document stands. */
export function deliveryView(head: Head, delivery: DeliveryRow) {
  return {
    ...aboutDelivery(delivery),
    consignment: {
      id: head.id,
      number: head.number,
      status: head.status,
      statusLabel: statusLabel(head.type, head.status),
      version: head.version,
    },
  }
}

type Listed = Awaited<ReturnType<typeof listDeliveries>>[number]

export function listedView(_: Head, row: Listed) {
  return {
    ...aboutDelivery(row),
    scans: row.scans ?? 0,
    products: row.products ?? 0,
    counted: plain(row.counted ?? '0'),
  }
}

function aboutDelivery(row: DeliveryRow) {
  return {
    id: row.id,
    position: row.position,
    note: row.note,
    startedBy: row.started_by,
    startedAt: row.started_at.toISOString(),
    completedBy: row.completed_by,
    completedAt: row.completed_at?.toISOString() ?? null,
    outcome: outcomeOf(row),
  }
}

/** The database's check holds it to these words. */
export function outcomeOf({ outcome }: Pick<DeliveryRow, 'outcome'>): Outcome | null {
  return outcome === 'complete' || outcome === 'more_to_come' ? outcome : null
}
