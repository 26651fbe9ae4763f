import type { Column } from '../table.ts'
import { oneLine, widthOf } from '../text.ts'

export type Row = Record<string, unknown>

const names = ['id', 'number', 'name', 'display_name', 'first_name', 'last_name', 'sku', 'code', 'status', 'type']
const facts = ['inventory_level', 'quantity', 'price', 'amount', 'total_price', 'sale_date', 'product_id', 'outlet_id']
const kept = new Set(['raw', 'synced_at'])
const mostColumns = 8
const gap = 2
/** A longer value is no reason to leave its column out: it is cut. */
const enoughOfAValue = 26

/** The columns that tell most about rows, as many as fit into a width. */
export function tellingColumns(rows: readonly Row[], width: number): string[] {
  const all = Object.keys(rows[0] ?? {}).filter((name) => !kept.has(name) && rows.some((row) => isPlain(row[name])))
  const ordered = new Set([...[...names, ...facts].filter((name) => all.includes(name)), ...all])
  const chosen: string[] = []
  let room = width
  for (const name of ordered) {
    const widest = Math.max(widthOf(name), ...rows.map((row) => widthOf(cellOf(row[name]))))
    const wanted = isId(name) ? widest : Math.min(widest, enoughOfAValue)
    const isTooMuch = wanted > room || chosen.length >= mostColumns
    if (chosen.length > 0 && isTooMuch) continue
    chosen.push(name)
    room -= wanted + gap
  }
  return chosen
}

/** An id is of no use when a part of it is missing. */
export function columnNamed(title: string): Column {
  return { title, gives: !isId(title) }
}

function isId(name: string): boolean {
  return name === 'id' || name.endsWith('_id')
}

/** A value on one line, as a table shows it: nothing for null, JSON for what has parts. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value))
}

function isPlain(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'object'
}
