import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Consignment } from '../db/schema.ts'
import { headOf, type Head } from './consignments.store.ts'

export type ListFilter = {
  type?: string | undefined
  status?: readonly string[] | undefined
  approval?: string | undefined
  lightspeed?: string | undefined
  /** Where goods arrive, or come from. */
  outletId?: string | undefined
  sourceOutletId?: string | undefined
  supplierId?: string | undefined
  /** Only what arrives at one of these, or comes from one; undefined: everywhere. */
  outlets?: readonly string[] | undefined
  reference?: string | undefined
  number?: string | undefined
  /** A product that stands in one of its lines. */
  productId?: string | undefined
  parentId?: string | undefined
  /** How its number or its reference begins. */
  q?: string | undefined
  dueSince?: Date | undefined
  dueUntil?: Date | undefined
  since?: Date | undefined
  until?: Date | undefined
}

/** Where a page ended: the time to the microsecond, as PostgreSQL writes it, and the id. */
type Below = { at: string; id: string } | undefined

export type ListedHead = Head & { place: string }

/** Newest first; each filter has an index that ends in this order. */
export async function listConsignments(
  db: Db,
  filter: ListFilter,
  { below, limit }: { below: Below; limit: number },
): Promise<ListedHead[]> {
  const narrowed = [...(await withProduct(db, filter.productId)), ...(await beginningWith(db, filter.q))]
  let query = db
    .selectFrom(among(narrowed).as('consignment'))
    .selectAll()
    .select(sql<string>`created_at::text`.as('place'))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  const same = {
    type: filter.type,
    approval: filter.approval,
    link: filter.lightspeed,
    outlet_id: filter.outletId,
    source_outlet_id: filter.sourceOutletId,
    supplier_id: filter.supplierId,
    reference: filter.reference,
    number: filter.number,
    parent_id: filter.parentId,
  } as const
  for (const [column, value] of Object.entries(same))
    if (value !== undefined) query = query.where(sql.ref(column), '=', value)
  if (filter.status !== undefined) query = query.where('status', 'in', [...filter.status])
  if (filter.outlets !== undefined)
    query = query.where(
      sql<boolean>`(outlet_id = any(${filter.outlets}::text[]) or source_outlet_id = any(${filter.outlets}::text[]))`,
    )
  const { dueSince, dueUntil } = filter
  for (const { isFew, condition } of narrowed) if (!isFew) query = query.where(condition)
  if (dueSince !== undefined) query = query.where('due_at', '>=', dueSince)
  if (dueUntil !== undefined) query = query.where('due_at', '<', dueUntil)
  if (filter.since !== undefined) query = query.where('created_at', '>=', filter.since)
  if (filter.until !== undefined) query = query.where('created_at', '<', filter.until)
  if (below) query = query.where(sql<boolean>`(created_at, id) < (${below.at}::timestamptz, ${below.id}::uuid)`)
  const rows = await query.execute()
  return rows.map(({ place, ...row }) => Object.assign(headOf(row), { place }))
}

/** So many are looked up and sorted; where there are more, the newest of them are soon met on the way through all. */
const mostLookedUp = 2_000

/** What documents must fulfil, and whether few of them do. */
type Narrowed = { isFew: boolean; condition: RawBuilder<boolean> }

/**
 * What fulfils a condition may all stand years back, while the planner of the database takes it for spread evenly, and would
 * walk through everything that came after it: so what is few is looked up first.
 */
async function narrowedBy(db: Db, found: RawBuilder<unknown>, condition: RawBuilder<boolean>): Promise<Narrowed> {
  const { rows } = await sql<{ found: number }>`
    select count(*) as found from (${found} limit ${mostLookedUp + 1}) as one`.execute(db)
  return { isFew: (rows[0]?.found ?? 0) <= mostLookedUp, condition }
}

/** The documents to look through; `offset 0` keeps the planner from walking past those that are looked up. */
function among(narrowed: readonly Narrowed[]) {
  const few = narrowed.filter(({ isFew }) => isFew).map(({ condition }) => condition)
  return few.length === 0
    ? sql<Selectable<Consignment>>`consignment`
    : sql<Selectable<Consignment>>`(select * from consignment where ${sql.join(few, sql` and `)} offset 0)`
}

async function withProduct(db: Db, productId: string | undefined): Promise<Narrowed[]> {
  if (productId === undefined) return []
  const found = sql`select 1 from consignment_line where product_id = ${productId}`
  return [
    await narrowedBy(
      db,
      found,
      sql`exists (select from consignment_line l where l.consignment_id = consignment.id and l.product_id = ${productId})`,
    ),
  ]
}

/** What begins so, for LIKE. */
function begin(text: string): string {
  return `${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}

async function beginningWith(db: Db, q: string | undefined): Promise<Narrowed[]> {
  if (q === undefined) return []
  const [number, reference] = [begin(q.toUpperCase()), begin(q.toLowerCase())]
  const found = sql`select 1 from consignment where number like ${number}
    union all select 1 from consignment where lower(reference) like ${reference}`
  return [await narrowedBy(db, found, sql`(number like ${number} or lower(reference) like ${reference})`)]
}

export type Sums = { lines: number; quantity: string; cost: string }

/** What each of these documents comes to; of those without lines there is nothing. */
export async function sumLines(db: Db, ids: readonly string[]): Promise<Map<string, Sums>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('consignment_line')
    .where('consignment_id', 'in', [...ids])
    .groupBy('consignment_id')
    .select([
      'consignment_id',
      sql<number>`count(*)`.as('lines'),
      sql<string>`trim_scale(sum(quantity))::text`.as('quantity'),
      sql<string>`coalesce(sum(round(quantity * unit_cost, 2)), 0)::numeric(20, 2)::text`.as('cost'),
    ])
    .execute()
  return new Map(rows.map(({ consignment_id, ...sums }) => [consignment_id, sums]))
}

/** Of these documents the heads, in no order. */
export async function listHeads(db: Db, ids: readonly string[]): Promise<Head[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('consignment')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(headOf)
}
