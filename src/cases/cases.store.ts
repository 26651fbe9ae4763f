import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'
import type { Outcome } from './plan.rules.ts'

export type CaseFilter = {
  state?: 'open' | 'settled' | undefined
  overdue?: boolean | undefined
  owner?: string | undefined
  /** Cases of this actor: his own, and those of his roles. */
  mine?: string | undefined
  outletId?: string | undefined
  kind?: string | undefined
  consignmentId?: string | undefined
  /** Only of documents at these. */
  outlets?: readonly string[] | undefined
}

type Below = { at: string; id: string } | undefined

export type CaseRow = Awaited<ReturnType<typeof listCases>>[number]

/** Newest first, with the document and the product that each is about. */
export async function listCases(db: Db, filter: CaseFilter, { below, limit }: { below: Below; limit: number }) {
  let query = whole(db).orderBy('c.opened_at', 'desc').orderBy('c.id', 'desc').limit(limit)
  if (filter.state === 'open') query = query.where('c.outcome', 'is', null)
  if (filter.state === 'settled') query = query.where('c.outcome', 'is not', null)
  if (filter.overdue === true) query = query.where('c.outcome', 'is', null).where('c.due_at', '<', sql<Date>`now()`)
  if (filter.owner !== undefined) query = query.where('c.owner', '=', filter.owner)
  if (filter.mine !== undefined) query = query.where(isOf(filter.mine))
  if (filter.kind !== undefined) query = query.where('c.kind', '=', filter.kind)
  if (filter.consignmentId !== undefined) query = query.where('c.consignment_id', '=', filter.consignmentId)
  if (filter.outletId !== undefined)
    query = query.where(sql<boolean>`${filter.outletId} in (d.outlet_id, d.source_outlet_id)`)
  if (filter.outlets !== undefined)
    query = query.where(
      sql<boolean>`(d.outlet_id = any(${filter.outlets}::text[]) or d.source_outlet_id = any(${filter.outlets}::text[]))`,
    )
  if (below) query = query.where(sql<boolean>`(c.opened_at, c.id) < (${below.at}::timestamptz, ${below.id}::uuid)`)
  return query.execute()
}

export async function findCase(db: Db, id: string): Promise<CaseRow | undefined> {
  return whole(db).where('c.id', '=', id).executeTakeFirst()
}

export type CaseChange = Partial<{
  owner: string | null
  owner_outlet_id: string | null
  due_at: Date | null
  note: string | null
  outcome: Outcome | null
  settled_by: string | null
  settled_at: Date | null
  quantity: Quantity
  found_outlet_id: string | null
  stock_write_id: string | null
  reship_id: string | null
  no_photo_reason: string | null
}>

/** Its document is locked; counts the version up. */
export async function changeCase(tx: Db, id: string, { quantity, ...change }: CaseChange): Promise<void> {
  const amount = quantity === undefined ? {} : { quantity: sayDecimal(quantity, quantityPlaces) }
  await tx
    .updateTable('discrepancy_case')
    .set({ ...change, ...amount, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** What was not settled of a case stays open, of the same owner and day. */
export async function insertRest(tx: Db, id: string, { quantity, actor }: { quantity: Quantity; actor: string }) {
  const amount = sayDecimal(quantity, quantityPlaces)
  await sql`
    insert into discrepancy_case (consignment_id, line_id, kind, quantity, opened_quantity, owner, owner_outlet_id, due_at, opened_by)
    select consignment_id, line_id, kind, ${amount}, ${amount}, owner, owner_outlet_id, due_at, ${actor}
    from discrepancy_case where id = ${id}`.execute(tx)
}

/** The case of the same line and kind that is open. */
export async function findOpenSibling(tx: Db, { line_id, kind }: CaseRow): Promise<string | undefined> {
  const row = await tx
    .selectFrom('discrepancy_case')
    .select('id')
    .where('line_id', '=', line_id)
    .where('kind', '=', kind)
    .where('outcome', 'is', null)
    .executeTakeFirst()
  return row?.id
}

function whole(db: Db) {
  return db
    .selectFrom('discrepancy_case as c')
    .innerJoin('consignment as d', 'd.id', 'c.consignment_id')
    .innerJoin('consignment_line as l', 'l.id', 'c.line_id')
    .leftJoin('mirror.product as p', 'p.id', 'l.product_id')
    .selectAll('c')
    .select([
      'd.number',
      'd.type',
      'd.status',
      'd.currency',
      'd.outlet_id',
      'd.source_outlet_id',
      'd.supplier_id',
      'l.product_id',
      'l.unit_cost',
      'p.sku',
      'p.name',
      'p.variant_name',
      sql<string>`c.opened_at::text`.as('place'),
      sql<boolean>`c.outcome is null and c.due_at is not null and c.due_at < now()`.as('is_overdue'),
    ])
}

function isOf(actor: string) {
  return sql<boolean>`(c.owner = ${actor} or exists (
    select from role_grant g where g.actor = ${actor} and c.owner = 'role:' || g.role
      and (g.outlet_id is null or c.owner_outlet_id is null or g.outlet_id = c.owner_outlet_id)))`
}
