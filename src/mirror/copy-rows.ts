import { parseExact } from '../lightspeed/exact-json.ts'
import { copyFields } from './copy-text.ts'

/**
 * Records ready for COPY, as bytes: 20,000 rows kept as objects cost a quarter of the reader's time in garbage
 * collection, and grow its heap; as bytes they lie outside of it.
 */
export type Rows = { count: number; lines: Buffer[]; lists: ListRows[] }

/** The rows of one list inside the records, and how many of them each record has. */
type ListRows = { lines: Buffer[]; counts: number[] }

export const noRows: Rows = { count: 0, lines: [], lists: [] }

/** The rows of several pages as one. */
export function gatherRows(pages: readonly Rows[]): Rows {
  const lists = (pages[0]?.lists ?? []).map((_, index) => ({
    lines: pages.flatMap((page) => page.lists[index]?.lines ?? []),
    counts: pages.flatMap((page) => page.lists[index]?.counts ?? []),
  }))
  const count = pages.reduce((sum, page) => sum + page.count, 0)
  return { count, lines: pages.flatMap(({ lines }) => lines), lists }
}

/** How much memory rows take. */
export function bytesOf({ lines, lists }: Rows): number {
  return [lines, ...lists.map((list) => list.lines)].flat().reduce((sum, { byteLength }) => sum + byteLength, 0)
}

/** The first and the second half of the rows, each with its lists. */
export function halvesOf({ count, lines, lists }: Rows): [Rows, Rows] {
  const middle = Math.ceil(count / 2)
  const [first, second] = cut(lines, middle)
  const cutLists = lists.map((list) => {
    const [early, late] = [list.counts.slice(0, middle), list.counts.slice(middle)]
    const [head, tail] = cut(
      list.lines,
      early.reduce((sum, lineCount) => sum + lineCount, 0),
    )
    return [
      { lines: head, counts: early },
      { lines: tail, counts: late },
    ] as const
  })
  return [
    { count: middle, lines: first, lists: cutLists.map(([early]) => early) },
    { count: count - middle, lines: second, lists: cutLists.map(([, late]) => late) },
  ]
}

/** The first record as Lightspeed sent it, and its key: what a line says of them. `raw` is the last of the columns. */
export function firstRecord({ lines }: Rows, columns: readonly string[], key: readonly string[]) {
  const [line = ''] = Buffer.concat(lines).toString().split('\n', 1)
  const fields = copyFields(line)
  const source = parseExact(fields.at(-1) ?? 'null')
  return { recordId: key.map((column) => fields[columns.indexOf(column)] ?? '').join(' '), source }
}

/**
 * Gathers lines as bytes. A line is a chain of small strings; some kilobytes of them become bytes at once, while they lie in
 * the processor's cache: whole pages at once cost a sixth more.
 */
export class Lines {
  readonly #chunks: Buffer[] = []
  #text = ''

  add(lines: string) {
    this.#text += lines
    if (this.#text.length > 16 * 1024) this.#flush()
  }

  bytes(): Buffer {
    this.#flush()
    return Buffer.concat(this.#chunks)
  }

  #flush() {
    this.#chunks.push(Buffer.from(this.#text))
    this.#text = ''
  }
}

const lineEnd = 0x0a

/** Line ends inside of a value are written as \n, so each line end ends a row. */
function cut(chunks: readonly Buffer[], lineCount: number): [Buffer[], Buffer[]] {
  const all = Buffer.concat(chunks)
  let end = 0
  for (let line = 0; line < lineCount; line++) end = all.indexOf(lineEnd, end) + 1
  return [[all.subarray(0, end)], [all.subarray(end)]]
}
