import type { Column } from '../table.ts'
import { oneLine, widthOf } from '../text.ts'

export type Row = Record<string, unknown>

const tellingFirst = [
  'id',
  'number',
  'name',
  'display_name',
  'first_name',
  'last_name',
  'sku',
  'code',
  'status',
  'type',
]
const tellingNext = [
  'product_id',
  'outlet_id',
  'sale_id',
  'inventory_level',
  'amount',
  'price',
  'quantity',
  'sale_date',
]
const kept = new Set(['raw', 'synced_at'])
const mostInAPipe = 8

/** The columns that tell most about rows, as many as fit into a width. */
export function tellingColumns(rows: readonly Row[], width: number): string[] {
  const all = Object.keys(rows[0] ?? {}).filter((name) => !kept.has(name) && rows.some((row) => isPlain(row[name])))
  const first = [...tellingFirst, ...tellingNext].filter((name) => all.includes(name))
  const ordered = [...new Set([...first, ...all])]
  const chosen: string[] = []
  let room = width
  for (const name of ordered) {
    room -= Math.max(widthOf(name), ...rows.map((row) => widthOf(cellOf(row[name])))) + 2
    if (chosen.length > 0 && (room < -2 || chosen.length >= mostInAPipe)) break
    chosen.push(name)
  }
  return chosen
}

export function columnNamed(title: string): Column {
  return { title, gives: true }
}

/** A value on one line, as a table shows it: nothing for null, JSON for what has parts. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value))
}

function isPlain(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'object'
}
