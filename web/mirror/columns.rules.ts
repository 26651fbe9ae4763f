import type { Row, Value } from '../api.ts'

const mostColumns = 8

/** Said elsewhere or too long for a cell; the whole row is one press away. */
const left = new Set(['raw', 'synced_at', 'id', 'version', 'deleted_at', 'description', 'handle', 'family_id'])

/** What people call a record by. */
const names = ['name', 'sku', 'code', 'username', 'customer_code', 'receipt_number', 'invoice_number', 'reference']

/** What they want to know of it next. */
const telling = [
  'type',
  'status',
  'state',
  'sale_date',
  'consignment_date',
  'price_including_tax',
  'total_price',
  'total_tax',
  'price',
  'quantity',
  'count',
  'received',
  'inventory_level',
  'variant_name',
  'email',
]

/** The columns of a page that say the most at a glance: what a record is called by, or its ids where it has no name. */
export function columnsOf(rows: readonly Row[]): string[] {
  const all = Object.keys(rows[0] ?? {})
  const filled = all.filter((name) => !left.has(name) && rows.some((row) => isShort(row[name])))
  const called = names.filter((name) => filled.includes(name))
  const told = telling.filter((name) => filled.includes(name))
  const others = filled.filter((name) => !called.includes(name) && !told.includes(name))
  const plain = others.filter((name) => !name.endsWith('_id'))
  const ids = others.filter((name) => name.endsWith('_id'))
  const key = all.includes('id') ? ['id'] : []
  const ordered = called.length > 0 ? [...called, ...told, ...plain, ...ids] : [...key, ...ids, ...told, ...plain]
  return ordered.filter((name, place) => !isEcho(rows, name, ordered.slice(0, place))).slice(0, mostColumns)
}

/** Whether a column says in every row what one before it has said. */
function isEcho(rows: readonly Row[], name: string, before: readonly string[]): boolean {
  return before.some((other) => rows.every((row) => echoOf(row[name]) === echoOf(row[other])))
}

function echoOf(value: Value | undefined): string {
  return cellOf(value).toLowerCase()
}

/** How a record is called in a list: its id, or the ids that make up its key. */
export function keyOf(row: Row): string {
  const own = row['id'] ?? row['register_closure_id']
  if (typeof own === 'string') return own
  const parts = [
    row['consignment_id'],
    row['sale_id'],
    row['outlet_id'],
    row['product_id'],
    row['occurrence'],
    row['position'],
  ]
  return parts
    .map(cellOf)
    .filter((part) => part !== '')
    .join(' ')
}

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/
/** The one way of writing a time that also sorts as it reads: 2026-11-21 21:12 */
const shown = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
const uuid = /^([0-9a-f]{8})-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** A value as a cell shows it: times to the minute where the reader is, ids by their beginning. */
export function cellOf(value: Value | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  if (time.test(text)) return shown.format(new Date(text))
  const [, head] = uuid.exec(text) ?? []
  return head === undefined ? text : `${head}…`
}

function isShort(value: Value | undefined): boolean {
  return value !== null && value !== undefined && value !== '' && typeof value !== 'object'
}
