import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Patterns } from './searching.rules.ts'

/** So many products are weighed for one search: nobody reads further, and a common word stays quick. */
const weighedProducts = 200

/** How much of what was typed must be found again, letter by letter: `choclate` is 0.78 of `chocolate`. */
const likeness = 0.5

type Narrowing = { outletId: string | null; supplierId: string | null }

export type Search = Narrowing & { q: string; patterns: Patterns }

type Found = { id: string; tier: number }

const text = sql`product_text(p.name, p.variant_name, p.sku, p.supplier_code)`
const named = sql`coalesce(search_text(coalesce(p.variant_name, p.name)), '')`
const sold = sql`coalesce(p.is_active, p.active, true)`
const some = sql`limit ${weighedProducts}`

/** Without words: all of them by name, the first of them. */
export async function listByName(db: Db, search: Narrowing): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select p.id, 3 as tier from mirror.product p where ${wanted(search)}
    order by ${text} using ~<~, p.id limit ${weighedProducts}`.execute(db)
  return rows
}

/** Products, best first: tier 1 has the very code, 2 begins so, 3 has every word, 4 has a code that ends so. */
export async function findByWords(db: Db, search: Search): Promise<Found[]> {
  const { rows } = await sql<Found>`
    with hit (id, tier) as (${codeHits(search)} union all ${textHits(search)}),
    best as (select id, min(tier) as tier from hit group by id)
    select p.id, best.tier from best join mirror.product p on p.id = best.id
    order by best.tier, ${sold} desc, ${named} = search_text(${search.q}::text) desc, similarity(${text}, search_text(${search.q}::text)) desc, p.name, p.id
    limit ${weighedProducts}`.execute(db)
  return rows
}

function codeHits(search: Search) {
  const { codeStart, codeEnd } = search.patterns
  const key = sql`scan_key(${search.q}::text)`
  const fits = sql`${wanted(search)} ${some}`
  const ofCode = sql`from mirror.product_code c join mirror.product p on p.id = c.product_id where c.deleted_at is null`
  const ofSupplier = sql`from mirror.product_supplier s join mirror.product p on p.id = s.product_id where s.deleted_at is null`
  const sku = sql`scan_key(p.sku)`
  const code = sql`scan_key(p.supplier_code)`
  return sql`
    (select p.id, 1 from mirror.product p where ${sku} = ${key} and ${fits})
    union all (select p.id, 1 ${ofCode} and scan_key(c.code) = ${key} and ${fits})
    union all (select p.id, 1 from taught_code t join mirror.product p on p.id = t.product_id where t.key = ${key} and ${fits})
    union all (select p.id, 1 from mirror.product p where ${code} = ${key} and ${fits})
    union all (select p.id, 1 ${ofSupplier} and scan_key(s.code) = ${key} and ${fits})
    union all (select p.id, 2 from mirror.product p where ${sku} like ${codeStart}::text and ${fits})
    union all (select p.id, 2 from mirror.product p where ${code} like ${codeStart}::text and ${fits})
    union all (select p.id, 4 ${ofCode} and reverse(upper(c.code)) like ${codeEnd}::text and ${fits})`
}

/** In the order of the index the shortest comes first: "Milk" before "Milk Chocolate". */
function textHits(search: Search) {
  const { start, words } = search.patterns
  const all = sql.join(
    words.map((word) => sql`${text} like search_text(${word}::text)`),
    sql` and `,
  )
  return sql`
    (select p.id, 2 from mirror.product p where ${text} like search_text(${start}::text) and ${wanted(search)}
      order by ${text} using ~<~ ${some})
    union all (select p.id, 3 from mirror.product p where ${all} and ${wanted(search)} ${some})`
}

/**
 * Products that are spelled alike, the likest first: each word is like one of theirs, or, where there is none such, most of
 * what was typed is. Word by word few products are left to be weighed, by the index alone; what was typed as a whole is
 * half found again in every product that has but one of two words. Inside a transaction: how like they must be is set for
 * it alone.
 */
export async function findAlike(tx: Db, search: Search): Promise<Found[]> {
  await sql`select set_config('pg_trgm.word_similarity_threshold', ${String(likeness)}, true)`.execute(tx)
  const { told } = search.patterns
  const found = await listAlike(tx, search, told.length > 0 ? told : [search.q])
  return found.length > 0 || told.length < 2 ? found : listAlike(tx, search, [search.q])
}

async function listAlike(tx: Db, search: Search, parts: readonly string[]): Promise<Found[]> {
  const asked = parts.map((part) => sql`search_text(${part}::text)`)
  const all = sql.join(
    asked.map((part) => sql`${part} <% ${text}`),
    sql` and `,
  )
  const sum = sql.join(
    asked.map((part) => sql`word_similarity(${part}, ${text})`),
    sql` + `,
  )
  const { rows } = await sql<Found>`
    with hit (id, likeness) as (
      (select p.id, (${sum}) / ${parts.length}::float8 from mirror.product p
        where ${all} and ${wanted(search)} order by 2 desc, p.id ${some})
      union all (select p.id, 0.9 from unnest(${search.patterns.swapped}::text[]) pattern
        join mirror.product p on ${text} like search_text(pattern) where ${wanted(search)} ${some})
    ),
    best as (select id, max(likeness) as likeness from hit group by id)
    select p.id, 5 as tier from best join mirror.product p on p.id = best.id
    order by best.likeness desc, ${sold} desc, p.name, p.id
    limit ${weighedProducts}`.execute(tx)
  return rows
}

/** Not deleted; of this supplier; kept at this outlet. */
function wanted({ outletId, supplierId }: Narrowing) {
  const ofSupplier = sql`(p.supplier_id = ${supplierId} or exists (select from mirror.product_supplier s
    where s.product_id = p.id and s.supplier_id = ${supplierId} and s.deleted_at is null))`
  const atOutlet = sql`exists (select from mirror.inventory i
    where i.product_id = p.id and i.outlet_id = ${outletId} and i.deleted_at is null)`
  const conditions = [
    sql`p.deleted_at is null`,
    ...(supplierId === null ? [] : [ofSupplier]),
    ...(outletId === null ? [] : [atOutlet]),
  ]
  return sql.join(conditions, sql` and `)
}
