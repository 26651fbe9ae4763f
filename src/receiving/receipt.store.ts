import { sql } from 'kysely'
import type { Head } from '../consignments/consignments.store.ts'
import type { Db } from '../db/database.ts'
import { expectedOf } from './counts.store.ts'

export type ReceiptLine = {
  id: string
  position: number
  product_id: string
  sku: string | null
  name: string | null
  supplier_code: string | null
  origin: string
  ordered: string
  packed: string
  expected: string
  /** Null: nobody counted it. */
  counted: string | null
  here: string | null
  damaged_in_transit: string | null
  damaged_in_store: string | null
  expired: string | null
  wrong_item: string | null
  received: string | null
  reason: string | null
  reason_note: string | null
}

/** All lines, or one, with what was counted of each until now, in one statement. */
export async function listReceipt(
  db: Db,
  head: Head,
  { deliveryId, lineId = null }: { deliveryId: string | null; lineId?: string | null },
): Promise<ReceiptLine[]> {
  const { rows } = await sql<ReceiptLine>`
    select l.id, l.position, l.product_id, p.sku, coalesce(p.variant_name, p.name) as name, l.supplier_code, l.origin,
      l.quantity as ordered, l.packed, ${expectedOf(head)} as expected, c.counted, c.here, c.damaged_in_transit,
      c.damaged_in_store, c.expired, c.wrong_item, l.received, v.reason, v.note as reason_note
    from consignment_line l
    left join mirror.product p on p.id = l.product_id
    left join line_variance v on v.line_id = l.id
    left join (
      select product_id, sum(quantity) as counted, sum(quantity) filter (where delivery_id = ${deliveryId}::uuid) as here,
        sum(quantity) filter (where condition = 'damaged_in_transit') as damaged_in_transit,
        sum(quantity) filter (where condition = 'damaged_in_store') as damaged_in_store,
        sum(quantity) filter (where condition = 'expired') as expired,
        sum(quantity) filter (where condition = 'wrong_item') as wrong_item
      from scan_event where consignment_id = ${head.id} and product_id is not null
      group by product_id
    ) c on c.product_id = l.product_id
    where l.consignment_id = ${head.id} and (${lineId}::uuid is null or l.id = ${lineId}::uuid)
    order by l.position`.execute(db)
  return rows
}

export type UnknownCode = { code: string; counted: string; first_at: Date; last_at: Date; scans: number }

/** Codes that nobody knows, as far as nobody has said since what they are; the newest first. */
export async function listUnknownCodes(db: Db, consignmentId: string): Promise<UnknownCode[]> {
  const { rows } = await sql<UnknownCode>`
    select code, sum(quantity)::text as counted, min(scanned_at) as first_at, max(scanned_at) as last_at,
      count(*) filter (where means = 'scan') as scans
    from scan_event where consignment_id = ${consignmentId} and product_id is null
    group by code having sum(quantity) <> 0
    order by max(scanned_at) desc, code limit 1000`.execute(db)
  return rows
}
