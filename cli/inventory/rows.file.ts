import { recordsOf, textOf } from '../files.ts'
import { misuse } from '../options.ts'

type Row = Record<string, unknown>

/** The rows of a file: a JSON list of objects, or CSV whose first line names the columns. */
export function readRowsFile(path: string): Row[] {
  const text = textOf(path).replace(/^\uFEFF/, '')
  const rows = /^\s*\[/.test(text) ? jsonRows(text) : csvRows(path)
  if (rows.length === 0) throw misuse(`--file: ${path} has no rows`)
  return rows
}

function jsonRows(text: string): Row[] {
  const read = parsed(text)
  if (!Array.isArray(read)) throw misuse('--file: this is not JSON')
  return read.map((row: unknown, at) => {
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return Object.fromEntries(Object.entries(row))
    throw misuse(`--file: row ${at + 1} is no object`)
  })
}

function parsed(text: string): unknown {
  try {
    const read: unknown = JSON.parse(text)
    return read
  } catch {
    return undefined
  }
}

function csvRows(path: string): Row[] {
  const [head, ...records] = recordsOf(path)
  const columns = head?.cells.map((name) => name.trim()) ?? []
  return records.map(({ row, cells }) => {
    if (cells.length > columns.length) throw misuse(`--file: row ${row} has more cells than there are columns`)
    return Object.fromEntries(
      columns.flatMap((name, place) => (cells[place]?.trim() ? [[name, cells[place].trim()]] : [])),
    )
  })
}
