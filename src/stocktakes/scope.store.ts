import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Db } from '../db/database.ts'
import { filterTypes, noScope, valuesBy, type Scope } from './scope.rules.ts'

const storedFilters = z.array(z.object({ type: z.enum(filterTypes), value: z.string() }))

export type Stocktake = Scope & { frozenAt: Date | null; frozenAfter: number; frozenTo: number; dailyOn: string | null }

/** What a count is about; nothing chosen where nobody has said anything yet. */
export async function readStocktake(db: Db, consignmentId: string): Promise<Stocktake> {
  const row = await db
    .selectFrom('stocktake')
    .selectAll()
    .select([sql<string | null>`daily_on::text`.as('day'), sql<string>`trim_scale(tolerance)::text`.as('within')])
    .where('consignment_id', '=', consignmentId)
    .executeTakeFirst()
  if (!row) return { ...noScope, frozenAt: null, frozenAfter: 0, frozenTo: 0, dailyOn: null }
  return {
    isFull: row.is_full,
    filters: storedFilters.parse(row.filters),
    includesInactive: row.includes_inactive,
    isBlind: row.is_blind,
    tolerance: row.within,
    frozenAt: row.frozen_at,
    frozenAfter: row.frozen_after,
    frozenTo: row.frozen_to,
    dailyOn: row.day,
  }
}

export async function saveScope(tx: Db, consignmentId: string, scope: Scope): Promise<void> {
  const said = {
    is_full: scope.isFull,
    filters: JSON.stringify(scope.filters),
    includes_inactive: scope.includesInactive,
    is_blind: scope.isBlind,
    tolerance: scope.tolerance,
  }
  await tx
    .insertInto('stocktake')
    .values({ consignment_id: consignmentId, ...said })
    .onConflict((at) => at.column('consignment_id').doUpdateSet(said))
    .execute()
}

/** How many products a scope finds now. */
export async function countFound(db: Db, scope: Scope): Promise<number> {
  const { rows } = await sql<{ found: number }>`
    select count(*) as found from mirror.product as product where ${isFound(scope)}`.execute(db)
  return rows[0]?.found ?? 0
}

/** Of the values of the filters, those that name nothing in the mirror. */
export async function listUnknownValues(db: Db, scope: Scope): Promise<string[]> {
  const given = scope.filters.map(({ type, value }) => ({ type, value }))
  const { rows } = await sql<{ value: string }>`
    select given.value from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (type text, value text)
    where not case given.type
      when 'brand' then exists (select from mirror.brand where id = given.value)
      when 'supplier' then exists (select from mirror.supplier where id = given.value)
      when 'type' then exists (select from mirror.product_type where id = given.value)
      when 'tag' then exists (select from mirror.tag where id = given.value)
      else exists (select from mirror.product where id = given.value) end`.execute(db)
  return rows.map(({ value }) => value)
}

/** Lines of products that nobody can count: composites, and what has no stock in Lightspeed. */
export async function listUncountable(db: Db, consignmentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('consignment_line as line')
    .innerJoin('mirror.product as product', 'product.id', 'line.product_id')
    .where('line.consignment_id', '=', consignmentId)
    .where((eb) => eb.or([eb('product.is_composite', '=', true), eb('product.has_inventory', '=', false)]))
    .select('line.product_id')
    .orderBy('line.position')
    .limit(20)
    .execute()
  return rows.map((row) => row.product_id)
}

/** Puts what the scope finds now into lines, in one statement, and notes which they are. Returns how many lines there are. */
export async function freezeProducts(
  tx: Db,
  { id, outlet_id: outletId }: { id: string; outlet_id: string },
  scope: Scope,
): Promise<number> {
  const { rows } = await sql<{ own: number }>`
    select coalesce(max(position), 0)::int as own from consignment_line where consignment_id = ${id}`.execute(tx)
  const after = rows[0]?.own ?? 0
  await sql`
    insert into consignment_line (consignment_id, position, product_id, quantity, unit_cost, supplier_code)
    select ${id}, ${after}::int + row_number() over (order by product.name, product.variant_name, product.id), product.id, 0,
      coalesce(held.average_cost, product.supply_price)::numeric(12, 5), nullif(product.supplier_code, '')
    from mirror.product as product
    left join lateral (
      select average_cost from mirror.inventory
      where inventory.product_id = product.id and inventory.outlet_id = ${outletId} and average_cost > 0 limit 1
    ) as held on true
    where ${isFound(scope)}
    on conflict (consignment_id, product_id) do nothing`.execute(tx)
  const { rows: lines } = await sql<{ many: number; to: number }>`
    select count(*) as many, coalesce(max(position), 0)::int as to from consignment_line where consignment_id = ${id}`.execute(
    tx,
  )
  const { many = 0, to = 0 } = lines[0] ?? {}
  const frozen = { frozen_at: sql<Date>`clock_timestamp()`, frozen_after: after, frozen_to: to }
  await tx
    .insertInto('stocktake')
    .values({ consignment_id: id, ...frozen })
    .onConflict((at) => at.column('consignment_id').doUpdateSet(frozen))
    .execute()
  return many
}

/** Takes out again what was frozen; what was put in by hand stays. */
export async function thawProducts(tx: Db, consignmentId: string): Promise<void> {
  await sql`
    delete from consignment_line line using stocktake
    where stocktake.consignment_id = ${consignmentId} and line.consignment_id = ${consignmentId}
      and line.position > stocktake.frozen_after and line.position <= stocktake.frozen_to`.execute(tx)
  await tx
    .updateTable('stocktake')
    .set({ frozen_at: null, frozen_after: 0, frozen_to: 0 })
    .where('consignment_id', '=', consignmentId)
    .execute()
}

function isFound(scope: Scope): RawBuilder<boolean> {
  const { brand, supplier, type, tag, product } = valuesBy(scope.filters)
  const isAbout = [...brand, ...supplier, ...type, ...tag].length > 0
  return sql<boolean>`product.deleted_at is null and product.has_inventory is not false
    and product.is_composite is not true
    and (${scope.includesInactive} or coalesce(product.is_active, product.active, true))
    and (${scope.isFull} or product.id = any(${product}::text[]) or (${isAbout}
      and (${brand.length === 0} or product.brand_id = any(${brand}::text[]))
      and (${supplier.length === 0} or product.supplier_id = any(${supplier}::text[]) or exists (
        select from mirror.product_supplier as other where other.product_id = product.id and other.deleted_at is null
          and other.supplier_id = any(${supplier}::text[])))
      and (${type.length === 0} or product.product_type_id = any(${type}::text[]) or exists (
        select from mirror.product_type as kind, jsonb_array_elements(kind.category_path) as step
        where kind.id = product.product_type_id and jsonb_typeof(kind.category_path) = 'array'
          and step ->> 'id' = any(${type}::text[])))
      and (${tag.length === 0} or (jsonb_typeof(product.tag_ids) = 'array' and product.tag_ids ?| ${tag}::text[]))))`
}
