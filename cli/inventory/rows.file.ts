import { readFileSync } from 'node:fs'
import { misuse } from '../options.ts'

type Row = Record<string, unknown>

/** The rows of a file: a JSON list of objects, or CSV whose first line names the columns. */
export function readRowsFile(path: string): Row[] {
  const text = contentsOf(path).replace(/^\uFEFF/, '')
  const rows = /^\s*\[/.test(text) ? jsonRows(text) : csvRows(text)
  if (rows.length === 0) throw misuse(`--file: ${path} has no rows`)
  return rows
}

function contentsOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw misuse(`--file: ${path} cannot be read (${error instanceof Error ? error.message : String(error)})`)
  }
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

function csvRows(text: string): Row[] {
  const [head = [], ...lines] = csvLines(text)
  const columns = head.map((name) => name.trim())
  return lines.map((cells, at) => {
    if (cells.length > columns.length) throw misuse(`--file: row ${at + 1} has more cells than there are columns`)
    return Object.fromEntries(
      columns.flatMap((name, place) => (cells[place]?.trim() ? [[name, cells[place].trim()]] : [])),
    )
  })
}

/** Commas or semicolons between cells; in quotes they are text, and so are line breaks. */
function csvLines(text: string): string[][] {
  const [separator = ','] = /[,;\t]/.exec(text.slice(0, text.search(/[\r\n]|$/))) ?? []
  const lines: string[][] = []
  let [line, cell, isQuoted]: [string[], string, boolean] = [[], '', false]
  const endLine = () => {
    line.push(cell)
    if (line.some((one) => one.trim() !== '')) lines.push(line)
    ;[line, cell] = [[], '']
  }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (isQuoted && sign === '"' && text.charAt(at + 1) === '"') {
      cell += '"'
      at += 1
    } else if (sign === '"') isQuoted = !isQuoted
    else if (isQuoted) cell += sign
    else if (sign === separator) {
      line.push(cell)
      cell = ''
    } else if (sign === '\n') endLine()
    else if (sign !== '\r') cell += sign
  }
  endLine()
  return lines
}
