import type { Database } from '#src/db/database.ts'

const [outlets, suppliers, products] = [20, 40, 100]

/** What every document refers to. */
export async function fillMirror({ pool }: Database) {
  await pool.query(
    `insert into mirror.outlet (id, name, time_zone, currency, version, raw)
     select 'outlet-' || n, 'Outlet ' || n, 'Pacific/Auckland', 'NZD', n + 1, '{}' from generate_series(0, $1::int - 1) n`,
    [outlets],
  )
  await pool.query(
    `insert into mirror.supplier (id, name, version, raw)
     select 'supplier-' || n, 'Supplier ' || n, n + 1, '{}' from generate_series(0, $1::int - 1) n`,
    [suppliers],
  )
  await pool.query(
    `insert into mirror.product (id, sku, name, supply_price, version, raw)
     select 'product-' || n, 'SKU-' || n, 'Product ' || n, 4.95, n + 1, '{}' from generate_series(0, $1::int - 1) n`,
    [products],
  )
}

/** When the first was made; each is made ten seconds after the one before. */
export const firstMadeAt = new Date(Math.floor(Date.now() / 1000) * 1000 - 100_000_000_000)

/**
 * Documents from `from` to `to`, each with two lines, as a shop has them after years: fifty of the first thousand are at work, in
 * trouble or wait for approval still, and whatever came after them is over: what is looked for lies far back. The law of the table is set aside while they are written.
 */
export async function fillConsignments({ pool }: Database, from: number, to: number) {
  await pool.query('alter table consignment disable trigger user')
  await pool.query(documents, [from, to, outlets, suppliers, firstMadeAt])
  await pool.query('alter table consignment enable trigger user')
  await pool.query(lines, [from, to, products])
  await pool.query(requests, [from, to])
  await pool.query('vacuum analyze consignment, consignment_line, approval_request')
  await pool.query('checkpoint')
}

const idOf = "('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid"

const documents = `
  insert into consignment (id, number, type, status, approval, link, outlet_id, source_outlet_id, supplier_id, reference, due_at,
    currency, created_by, created_at, updated_at, status_since)
  select ${idOf}, 'B-' || lpad(n::text, 12, '0'), type, case when n % 20 > 0 or n >= 1000 then old else young end,
    case when type = 'PURCHASE_ORDER' then (case when n % 40 = 0 and n < 1000 then 'pending' else 'approved' end) else 'not_needed' end,
    case when n % 40 = 7 and n < 1000 then 'failed' else 'synced' end, 'outlet-' || n % $3::int,
    case type when 'OUTLET_TRANSFER' then 'outlet-' || (n + 7) % $3::int end,
    case type when 'PURCHASE_ORDER' then 'supplier-' || n % $4::int end, 'Ref ' || lpad(n::text, 7, '0'),
    case when n % 3 = 0 then made + interval '10 days' end, 'NZD', 'bench', made, made, made
  from (select n, $5::timestamptz + n * interval '10 s' as made,
      case when n % 2 = 0 then 'PURCHASE_ORDER' else 'OUTLET_TRANSFER' end as type,
      case when n % 30 = 0 then 'CANCELLED' when n % 7 = 0 then 'CLOSED' else 'ARCHIVED' end as old,
      case when n % 40 = 0 then 'DRAFT' when n % 60 = 0 then 'SENT' else 'PARTIAL' end as young
    from generate_series($1::int, $2::int - 1) n) one`

const lines = `
  insert into consignment_line (id, consignment_id, position, product_id, quantity, unit_cost)
  select ('10000000-0000-4000-8000-' || lpad(to_hex(n * 2 + p), 12, '0'))::uuid, ${idOf}, p + 1,
    case when n < 1000 and n % 25 = p then 'product-of-long-ago' else 'product-' || (n * 7 + p * 2503) % $3::int end, 5, 4.95
  from generate_series($1::int, $2::int - 1) n, generate_series(0, 1) p`

const requests = `
  insert into approval_request (consignment_id, total, roles, asked_by, asked_at)
  select id, 49.50, '{store_manager}', 'bench', created_at from consignment
  where approval = 'pending' and number >= 'B-' || lpad($1::text, 12, '0') and number < 'B-' || lpad($2::text, 12, '0')`
