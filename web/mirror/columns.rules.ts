import type { Row, Value } from '../api.ts'

const mostColumns = 8
const kept = new Set(['raw', 'synced_at', 'id', 'version', 'deleted_at'])
/** What people know a record by; the rest follows in the table's own order. */
const namesFirst = [
  'name',
  'variant_name',
  'sku',
  'code',
  'customer_code',
  'first_name',
  'last_name',
  'company_name',
  'username',
  'email',
  'receipt_number',
  'invoice_number',
  'reference',
  'type',
  'status',
  'state',
  'sale_date',
  'total_price',
  'price_including_tax',
  'price',
  'inventory_level',
  'quantity',
]

/** The columns of a page that say the most at a glance: filled, short, names first. The whole row is one press away. */
export function columnsOf(rows: readonly Row[]): string[] {
  const all = Object.keys(rows[0] ?? {}).filter((name) => !kept.has(name))
  const filled = all.filter((name) => rows.some((row) => isShort(row[name])))
  const known = namesFirst.filter((name) => filled.includes(name))
  return [...known, ...filled.filter((name) => !namesFirst.includes(name))].slice(0, mostColumns)
}

/** How a record is called in a list: its id, or the ids that make up its key. */
export function keyOf(row: Row): string {
  const parts = [row['id'] ?? row['register_closure_id'], row['consignment_id'], row['outlet_id'], row['product_id']]
  const [own] = parts
  return typeof own === 'string' ? own : parts.filter((part) => typeof part === 'string').join(' ')
}

const time = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/
const uuid = /^([0-9a-f]{8})-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** A value as a cell shows it: times to the minute (UTC), ids by their beginning. */
export function cellOf(value: Value | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  const [, day, minute] = time.exec(text) ?? []
  if (day !== undefined) return `${day} ${minute}`
  const [, head] = uuid.exec(text) ?? []
  return head === undefined ? text : `${head}…`
}

function isShort(value: Value | undefined): boolean {
  return value !== null && value !== undefined && value !== '' && typeof value !== 'object'
}
