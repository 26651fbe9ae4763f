import { sql } from 'kysely'
import { planned } from '../db/planned.ts'
import type { Db } from '../db/database.ts'

export type StoredScan = {
  id: string
  productId: string | null
  code: string | null
  quantity: string
  at: Date
  area: string | null
  device: string | null
}

/** Stores what is new of it, in one statement. Returns the ids that are. */
export async function insertScans(
  tx: Db,
  { consignmentId, actor }: { consignmentId: string; actor: string },
  scans: readonly StoredScan[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`${sql.raw(planned)}
    insert into scan_event (id, consignment_id, product_id, code, quantity, scanned_at, actor, device, area)
    select id, ${consignmentId}, product_id, code, quantity, at, ${actor}, device, area
    from unnest(${scans.map(({ id }) => id)}::uuid[], ${scans.map(({ productId }) => productId)}::text[],
      ${scans.map(({ code }) => code)}::text[], ${scans.map(({ quantity }) => quantity)}::numeric[],
      ${scans.map(({ at }) => at)}::timestamptz[], ${scans.map(({ device }) => device)}::text[],
      ${scans.map(({ area }) => area)}::text[]) as given (id, product_id, code, quantity, at, device, area)
    on conflict (id) do nothing
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Of these scans, one that belongs to another document. */
export async function findForeignScan(db: Db, consignmentId: string, ids: readonly string[]) {
  const row = await db
    .selectFrom('scan_event')
    .select('id')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('consignment_id', '<>', consignmentId)
    .executeTakeFirst()
  return row?.id
}

export type Count = { productId: string; lineId: string | null; counted: string }

/** What was counted of these products, of all counters together. */
export async function sumCounts(db: Db, consignmentId: string, productIds: readonly string[]): Promise<Count[]> {
  const { rows } = await sql<Count>`${sql.raw(planned)}
    select scan.product_id as "productId", line.id as "lineId", sum(scan.quantity)::text as counted
    from scan_event as scan
    left join consignment_line as line on line.consignment_id = ${consignmentId} and line.product_id = scan.product_id
    where scan.consignment_id = ${consignmentId} and scan.product_id = any(${productIds}::text[])
    group by scan.product_id, line.id order by scan.product_id`.execute(db)
  return rows
}

/** Writes what was counted into the lines; what somebody has counted a second time stays. Returns how many lines changed. */
export async function saveCounted(tx: Db, consignmentId: string, productIds?: readonly string[]): Promise<number> {
  const among = productIds === undefined ? sql`` : sql`and product_id = any(${productIds}::text[])`
  const { rows } = await sql`
    update consignment_line as line set received = greatest(scan.total, 0), decision = null
    from (select product_id, sum(quantity) as total from scan_event
      where consignment_id = ${consignmentId} and product_id is not null ${among} group by product_id) as scan
    where line.consignment_id = ${consignmentId} and line.product_id = scan.product_id
      and not exists (select from stocktake_recount as again where again.line_id = line.id and again.quantity is not null)
    returning line.id`.execute(tx)
  return rows.length
}

/** Lines that were counted, or of which a person said that there are none. */
export async function countTouched(db: Db, consignmentId: string): Promise<number> {
  const { rows } = await sql<{ many: number }>`
    select count(*) as many from consignment_line
    where consignment_id = ${consignmentId} and (received is not null or decision = 'zero')`.execute(db)
  return rows[0]?.many ?? 0
}

export async function countLines(db: Db, consignmentId: string): Promise<number> {
  const { rows } = await sql<{ many: number }>`
    select count(*) as many from consignment_line where consignment_id = ${consignmentId}`.execute(db)
  return rows[0]?.many ?? 0
}

export type CountRow = {
  position: number
  lineId: string
  productId: string
  sku: string | null
  name: string | null
  counted: string | null
  counters: string[]
  countedAt: Date | null
  decision: string | null
}

/** Lines with what was counted of them so far, in their order, behind a position. */
export async function listCounts(
  db: Db,
  consignmentId: string,
  { after, limit, onlyOpen }: { after: number; limit: number; onlyOpen: boolean },
): Promise<CountRow[]> {
  const { rows } = await sql<CountRow>`
    select line.position, line.id as "lineId", line.product_id as "productId", product.sku,
      coalesce(product.variant_name, product.name) as name,
      coalesce(line.received, greatest(scan.total, 0))::text as counted, coalesce(scan.counters, '{}') as counters,
      scan.last_at as "countedAt", line.decision
    from consignment_line as line
    left join mirror.product on product.id = line.product_id
    left join lateral (
      select sum(quantity) as total, array_agg(distinct actor order by actor) as counters, max(scanned_at) as last_at
      from scan_event where consignment_id = ${consignmentId} and product_id = line.product_id having count(*) > 0
    ) as scan on true
    where line.consignment_id = ${consignmentId} and line.position > ${after}
      and (not ${onlyOpen} or (line.received is null and scan.total is null and line.decision is null))
    order by line.position limit ${limit}`.execute(db)
  return rows
}

export type Undirected = {
  productId: string | null
  code: string | null
  sku: string | null
  name: string | null
  counted: string
  counters: string[]
}

/** What was counted though the document is not about it: products beside the set, and codes that nobody knows. */
export async function listUndirected(db: Db, consignmentId: string): Promise<Undirected[]> {
  const { rows } = await sql<Undirected>`
    select scan.product_id as "productId", case when scan.product_id is null then scan.code end as code, product.sku,
      coalesce(product.variant_name, product.name) as name, sum(scan.quantity)::text as counted,
      array_agg(distinct scan.actor order by scan.actor) as counters
    from scan_event as scan
    left join mirror.product on product.id = scan.product_id
    where scan.consignment_id = ${consignmentId} and not exists (
      select from consignment_line as line where line.consignment_id = ${consignmentId} and line.product_id = scan.product_id)
    group by 1, 2, 3, 4 order by 4, 1, 2 limit 500`.execute(db)
  return rows
}

export type Progress = { lines: number; counted: number; uncounted: number }

export async function readProgress(db: Db, consignmentId: string): Promise<Progress> {
  const { rows } = await sql<Progress>`
    select count(*) as lines, count(*) filter (where is_counted) as counted,
      count(*) filter (where not is_counted and decision is null) as uncounted
    from (select decision, received is not null or exists (
        select from scan_event as scan where scan.consignment_id = line.consignment_id and scan.product_id = line.product_id
      ) as is_counted from consignment_line as line where consignment_id = ${consignmentId}) as each`.execute(db)
  return rows[0] ?? { lines: 0, counted: 0, uncounted: 0 }
}
