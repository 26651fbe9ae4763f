import { sql } from 'kysely'
import { planned } from '../db/planned.ts'
import type { Db } from '../db/database.ts'
import type { Head } from '../consignments/consignments.store.ts'

/** What arrives of a line as it was said: of a transfer what was packed, if anything was; else what was ordered. */
export function expectedOf({ id, type }: Pick<Head, 'id' | 'type'>) {
  return type === 'OUTLET_TRANSFER'
    ? sql<string>`case when exists (select from consignment_line p where p.consignment_id = ${id} and p.packed > 0)
        then l.packed else l.quantity end`
    : sql<string>`l.quantity`
}

export type LineExpected = { id: string; product_id: string; is_planned: boolean; expected: string }

/** Of these products, those in the document. */
export async function listExpected(db: Db, head: Head, productIds: readonly string[]): Promise<LineExpected[]> {
  const { rows } = await sql<LineExpected>`${sql.raw(planned)}
    select l.id, l.product_id, l.origin = 'planned' as is_planned, ${expectedOf(head)} as expected
    from consignment_line l where l.consignment_id = ${head.id} and l.product_id = any(${productIds}::text[])`.execute(
    db,
  )
  return rows
}

export type SumRow = {
  product_id: string | null
  code: string | null
  condition: string
  counted: string
  here: string
}

/** What these products, and these codes that nobody knows, add up to: in the document, and in one delivery. */
export async function sumSubjects(
  db: Db,
  { consignmentId, deliveryId }: { consignmentId: string; deliveryId: string | null },
  { productIds, codes }: { productIds: readonly string[]; codes: readonly string[] },
): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`${sql.raw(planned)}
    select product_id, null as code, condition, sum(quantity)::text as counted,
      coalesce(sum(quantity) filter (where delivery_id is not distinct from ${deliveryId}::uuid), 0)::text as here
    from scan_event where consignment_id = ${consignmentId} and product_id = any(${productIds}::text[])
    group by product_id, condition
    union all
    select null, code, condition, sum(quantity)::text,
      coalesce(sum(quantity) filter (where delivery_id is not distinct from ${deliveryId}::uuid), 0)::text
    from scan_event where consignment_id = ${consignmentId} and product_id is null and code = any(${codes}::text[])
    group by code, condition`.execute(db)
  return rows
}

type StoredRow = {
  id: string
  delivery_id: string | null
  product_id: string | null
  code: string | null
  quantity: string
  units: string
  condition: string
}

/** Of these ids, those that were stored already, whatever for. */
export async function listStored(db: Db, ids: readonly string[]): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`${sql.raw(planned)}
    select id, delivery_id, product_id, code, quantity::text as quantity, units::text as units, condition
    from scan_event where id = any(${ids}::uuid[])`.execute(db)
  return rows
}

export type NewScan = {
  id: string
  productId: string | null
  code: string | null
  /** Decimals as text, of the product. */
  quantity: string
  units: string
  condition: string
  at: Date
  device: string | null
  flag: string | null
}

export type ScanOrigin = {
  consignmentId: string
  deliveryId: string | null
  actor: string
  means?: 'scan' | 'as_ordered' | 'assignment' | 'amendment'
  reason?: string | null
}

/** Adds them in one statement; answers how many of their ids were new. */
export async function insertScans(
  tx: Db,
  { consignmentId, deliveryId, actor, means = 'scan', reason = null }: ScanOrigin,
  scans: readonly NewScan[],
): Promise<number> {
  const { rows } = await sql`${sql.raw(planned)}
    insert into scan_event (id, consignment_id, delivery_id, product_id, code, quantity, units, condition, scanned_at,
      device, flag, actor, means, reason, stored_at)
    select given.*, ${actor}, ${means}, ${reason}, clock_timestamp()
    from (select id, ${consignmentId}::uuid, ${deliveryId}::uuid, product_id, code, quantity, units, condition, scanned_at,
        device, flag
      from unnest(${scans.map(({ id }) => id)}::uuid[], ${scans.map(({ productId }) => productId)}::text[],
        ${scans.map(({ code }) => code)}::text[], ${scans.map(({ quantity }) => quantity)}::numeric[],
        ${scans.map(({ units }) => units)}::numeric[], ${scans.map(({ condition }) => condition)}::text[],
        ${scans.map(({ at }) => at)}::timestamptz[], ${scans.map(({ device }) => device)}::text[],
        ${scans.map(({ flag }) => flag)}::text[])
        as scan (id, product_id, code, quantity, units, condition, scanned_at, device, flag)) as given
    on conflict (id) do nothing returning id`.execute(tx)
  return rows.length
}

export type LineCount = { id: string; product_id: string; received: string; damaged: string; before: string | null }

/** Writes what was counted into the lines: all that was scanned ever, of all products or of these. Answers what changed. */
export async function writeCounts(
  tx: Db,
  consignmentId: string,
  productIds: readonly string[] | null,
): Promise<LineCount[]> {
  const { rows } = await sql<LineCount>`
    update consignment_line l set received = counted.received, damaged = counted.damaged
    from consignment_line old, (
      select product_id, sum(quantity) as received, coalesce(sum(quantity) filter (where condition <> 'good'), 0) as damaged
      from scan_event where consignment_id = ${consignmentId} and product_id is not null
        and (${productIds === null} or product_id = any(${productIds ?? []}::text[]))
      group by product_id
    ) counted
    where l.consignment_id = ${consignmentId} and l.product_id = counted.product_id and old.id = l.id
      and (l.received, l.damaged) is distinct from (counted.received, counted.damaged)
    returning l.id, l.product_id, trim_scale(l.received)::text as received, trim_scale(l.damaged)::text as damaged,
      trim_scale(old.received)::text as before`.execute(tx)
  return rows
}
