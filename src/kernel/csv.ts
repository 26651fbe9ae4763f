/** A record with the number that a spreadsheet shows beside it: the first is 1, and lines that hold nothing count too. */
export type CsvRow = { row: number; cells: string[] }

export type CsvRead = { rows: CsvRow[] } | { row: number; wrong: string }

/**
 * The records of a CSV file (RFC 4180), without those that hold nothing. Cells are parted by what parts the first record:
 * comma, semicolon or tab, or what `sep=` says; lines end as on any system; a byte-order mark is no part of the first cell.
 * Text is kept as it is, blanks included.
 */
export function readCsv(given: string): CsvRead {
  const text = given.replace(/^\uFEFF/, '')
  const told = /^sep=([,;\t])\r?\n/.exec(text)
  const separator = told?.[1] ?? separatorOf(text)
  const start = told?.[0].length ?? 0
  return readRecords(text, { separator, start, row: told ? 2 : 1 })
}

/** Outside of quotes, within the first record; where none is, it has one column. */
function separatorOf(text: string): string {
  const bare = text.replaceAll(/"(?:[^"]|"")*"?/g, '')
  return /[,;\t]/.exec(bare.slice(0, bare.search(/[\r\n]|$/)))?.[0] ?? ','
}

type From = { separator: string; start: number; row: number }

function readRecords(text: string, { separator, start, row: first }: From): CsvRead {
  const rows: CsvRow[] = []
  let [at, row, cells]: [number, number, string[]] = [start, first, []]
  while (at < text.length || cells.length > 0) {
    const cell = text.charAt(at) === '"' ? quotedCell(text, at) : plainCell(text, at, separator)
    if (cell === undefined) return { row, wrong: 'a quote is opened and never closed' }
    cells.push(cell.text)
    at = cell.end
    const sign = text.charAt(at)
    if (sign === separator && at < text.length) {
      at += 1
      continue
    }
    if (at < text.length && sign !== '\r' && sign !== '\n')
      return { row, wrong: `"${sign}" stands behind a closing quote; a quote within a cell is written twice` }
    if (cells.some((one) => one.trim() !== '')) rows.push({ row, cells })
    ;[at, row, cells] = [at + (text.startsWith('\r\n', at) ? 2 : 1), row + 1, []]
  }
  return { rows }
}

type Cell = { text: string; end: number }

function plainCell(text: string, at: number, separator: string): Cell {
  let end = at
  while (end < text.length && !isEnd(text.charAt(end), separator)) end += 1
  return { text: text.slice(at, end), end }
}

function isEnd(sign: string, separator: string): boolean {
  return sign === separator || sign === '\n' || sign === '\r'
}

/** Undefined when its quote is never closed. */
function quotedCell(text: string, at: number): Cell | undefined {
  let end = text.indexOf('"', at + 1)
  while (end >= 0 && text.charAt(end + 1) === '"') end = text.indexOf('"', end + 2)
  return end < 0 ? undefined : { text: text.slice(at + 1, end).replaceAll('""', '"'), end: end + 1 }
}
