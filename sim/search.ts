import { Hono } from 'hono'
import { numberIn } from './body.ts'
import type { SimContext, SimEnv } from './context.ts'
import { shown } from './lists.ts'
import { refused } from './refused.ts'
import type { Row } from './store.ts'

const kinds = ['products', 'sales', 'customers'] as const
const most = 1000

const fieldsOf: { [kind in (typeof kinds)[number]]: string[] } = {
  products: ['sku', 'supplier_id', 'brand_id', 'tag_id', 'product_type_id', 'variant_parent_id'],
  sales: ['status', 'state', 'invoice_number', 'customer_id', 'user_id', 'outlet_id'],
  customers: ['customer_code', 'email', 'first_name', 'last_name', 'company_name', 'mobile', 'phone'],
}

/** `GET /search?type=…`: an index beside the collections, by offset and not by version. */
export function searchRoutes(context: SimContext): Hono<SimEnv> {
  const { store, judgments } = context
  const changedAt = openClock(context)
  return new Hono<SimEnv>().get('/api/2.0/search', (c) => {
    const query = c.req.query()
    const type = kinds.find((kind) => kind === query['type'])
    if (!type) throw refused(400, `type is one of ${kinds.join(', ')}`)
    const offset = numberIn(query['offset']) ?? 0
    const limit = Math.min(numberIn(query['page_size']) ?? judgments.defaultPageSize, most)
    const seen = store.now().getTime() - judgments.searchLagMs
    const where = (row: Row) =>
      (changedAt.get(row.id) ?? 0) <= seen && matches(row, type, query, judgments.searchSkuLowerCase)
    const deleted = ['true', '1'].includes(query['deleted'] ?? '')
    const rows = store.list(type, {
      after: 0,
      limit: query['order_by'] === undefined ? offset + limit : Infinity,
      deleted,
      where,
    })
    const data = ordered(rows, query).slice(offset, offset + limit)
    return c.json({ data: data.map((row) => shown(c, context, type, row)) })
  })
}

/** When each row that was changed here was changed. */
function openClock({ store }: SimContext): Map<string, number> {
  const times = new Map<string, number>()
  store.onChange(({ row }) => void times.set(row.id, store.now().getTime()))
  return times
}

function matches(
  row: Row,
  type: (typeof kinds)[number],
  query: { [name: string]: string },
  skuLower: boolean,
): boolean {
  const holds = (name: string, value: string) => holdsValue(row, name, value, skuLower)
  for (const name of ['_id', ...fieldsOf[type]]) {
    const [wanted, unwanted] = [query[name], query[`-${name}`]]
    if (wanted !== undefined && !wanted.split(',').some((value) => holds(name, value))) return false
    if (unwanted?.split(',').some((value) => holds(name, value))) return false
  }
  const date = String(row['sale_date'])
  return date >= (query['date_from'] ?? '') && (query['date_to'] === undefined || date <= query['date_to'])
}

function holdsValue(row: Row, name: string, value: string, skuLower: boolean): boolean {
  if (name === '_id') return row.id === value
  if (name === 'tag_id') return Array.isArray(row['tag_ids']) && row['tag_ids'].includes(value)
  if (name === 'sku') {
    const sku = String(row['sku'])
    return (skuLower ? sku.toLowerCase() : sku) === value
  }
  const field = row[name]
  return typeof field === 'string' && field.toLowerCase() === value.toLowerCase()
}

function ordered(rows: Row[], query: { [name: string]: string }): Row[] {
  const field = query['order_by']
  if (field === undefined) return rows
  const sign = query['order_direction'] === 'desc' ? -1 : 1
  const key = (row: Row) => row[field]
  return rows.toSorted((one, other) => sign * compare(key(one), key(other)))
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return String(one).localeCompare(String(other), 'en')
}
